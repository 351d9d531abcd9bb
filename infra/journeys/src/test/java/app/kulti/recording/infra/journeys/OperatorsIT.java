package app.kulti.recording.infra.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.infra.journeys.Operator.Said;
import app.kulti.recording.infra.local.run.LocalSystem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What operators bring back, over the real jars, while everything runs. */
class OperatorsIT {
    private static final int RECORDINGS_A_ROOM = 3;

    private final LocalSystem system = RunningSystem.shared();
    private final Operator ada = new Operator(system, "ada");

    @Test
    void aDayOfWebhooksDroppedAtTheDoorComesBackWithOneCommand() {
        var rooms = Stream.of("Monday", "Tuesday").map(title -> Stage.live(system, title)).toList();
        rooms.forEach(stage -> stage.hms.post("/_simulator/faults",
                "{\"webhooks\":[{\"action\":\"drop\",\"roomId\":\"%s\"}]}".formatted(stage.room)));
        rooms.forEach(stage -> stage.hms.post("/_simulator/rooms/%s/recordings".formatted(stage.room),
                "{\"announced\":true,\"count\":%d}".formatted(RECORDINGS_A_ROOM)));
        assertThat(rooms).allSatisfy(stage -> assertThat(recordings(stage)).isEmpty());

        var back = ada.runs("replay", "--from-100ms", "--from", "1d", "--confirm", "--reason", "the door was shut",
                "--json");

        assertThat(back.exit()).as("%s", back).isZero();
        assertThat(back.json().path("missingWebhooks").intValue()).as("%s", back)
                .isGreaterThanOrEqualTo(rooms.size() * RECORDINGS_A_ROOM * 3)
                .isEqualTo(back.json().path("recoveredWebhooks").intValue());
        assertThat(back.json().path("missingRecordings").intValue()).as("%s", back)
                .isGreaterThanOrEqualTo(rooms.size() * RECORDINGS_A_ROOM)
                .isEqualTo(back.json().path("recoveredRecordings").intValue());
        assertThat(rooms).allSatisfy(stage -> await().atMost(Stage.LIMIT).untilAsserted(
                () -> assertThat(recordings(stage)).hasSize(RECORDINGS_A_ROOM).allSatisfy(recording -> {
                    assertThat(recording.path("status").stringValue()).isEqualTo("completed");
                    assertThat(recording.at("/metadata/storage").asString("")).isEqualTo("supabase");
                })));
        var again = ada.runs("replay", "--from-100ms", "--from", "1d", "--json");
        assertThat(again.json().path("missingWebhooks").intValue()).as("%s", again).isZero();
        assertThat(again.json().path("missingRecordings").intValue()).as("%s", again).isZero();
    }

    @Test
    void aReplayChangesNothingInAnUpToDateSystem() {
        var stage = Stage.live(system, "Up to date");
        var id = stage.film();
        stage.awaitMirrored(id);
        var before = revision(id);

        var shown = ada.runs("replay", "--from", "1h", "--room", stage.room, "--json");
        assertThat(shown.exit()).as("%s", shown).isZero();
        assertThat(shown.json().path("webhooks").intValue()).isEqualTo(3);
        assertThat(shown.json().path("recordings")).hasSize(1).allSatisfy(
                recording -> assertThat(recording.path("now")).isEqualTo(recording.path("after")));

        var done = replayed(stage);
        assertThat(done.json().path("published").intValue()).isEqualTo(3);
        assertThat(done.json().path("differences")).isEmpty();
        assertThat(revision(id)).isEqualTo(before);
        // A replay is not replayed again, or this would be six.
        assertThat(replayed(stage).json().path("published").intValue()).isEqualTo(3);
        assertThat(ada.runs("timeline", id).out()).contains("completed", "a verified copy is in storage");
        assertThat(ada.runs("replay", "--recording", id, "--json").json().path("webhooks").intValue()).isEqualTo(3);
    }

    @Test
    void theDoctorAsksEachServiceForItsOwnAndFindsNothingWrong() {
        var found = ada.runs("doctor");

        assertThat(found.exit()).as("%s", found).isZero();
        assertThat(found.out()).contains("ok     gateway: the storage takes links",
                "ok     ingest: the Kafka login may",
                "ok     processor: 100ms takes the app's credentials",
                "ok     processor: its clock agrees with that of PostgreSQL",
                "ok     mirror: the bucket takes application/json", "ok     mirror: the Kafka login may read");
    }

    @Test
    void aFileOfRawWebhooksMakesARecording() throws Exception {
        var stage = Stage.live(system, "From a file");
        stage.hms.post("/_simulator/faults",
                "{\"webhooks\":[{\"action\":\"drop\",\"roomId\":\"%s\"}]}".formatted(stage.room));
        stage.hms.post("/_simulator/rooms/%s/recordings".formatted(stage.room), "{\"announced\":true}");
        var bodies = new ArrayList<String>();
        stage.hms.get("/_simulator/webhooks?roomId=" + stage.room).json()
                .forEach(delivery -> bodies.add(delivery.path("body").stringValue()));
        var file = Files.write(Files.createTempFile("webhooks", ".ndjson"), bodies);

        var shown = ada.runs("replay", "--file", file.toString(), "--json");
        assertThat(shown.json().at("/recordings/0/after").asString("")).as("%s", shown).isEqualTo("completed");
        assertThat(recordings(stage)).isEmpty();
        var done = ada.runs("replay", "--file", file.toString(), "--confirm", "--reason", "from the proxy's log",
                "--json");

        assertThat(done.exit()).as("%s", done).isZero();
        assertThat(done.json().path("published").intValue()).isEqualTo(3);
        assertThat(recordings(stage)).hasSize(1);
        stage.awaitMirrored(recordings(stage).getFirst().path("id").stringValue());
    }

    @Test
    void aDeadLetterThatCanBeReadByNowIsPutBackAndActedUpon() throws Exception {
        var stage = Stage.live(system, "Dead letter");
        stage.hms.post("/_simulator/faults",
                "{\"webhooks\":[{\"action\":\"drop\",\"roomId\":\"%s\"}]}".formatted(stage.room));
        stage.hms.post("/_simulator/rooms/%s/recordings".formatted(stage.room), "{\"announced\":true}");
        var success = stage.hms.get("/_simulator/webhooks?roomId=" + stage.room).json().get(2).path("body")
                .stringValue();
        // As an older processor would have put it aside, which could not read it yet.
        var offset = deadLetter(stage.room, success);

        var place = "hms.webhooks.processor.dlt@" + offset;
        assertThat(ada.runs("dead-letters", "list").out()).contains(place, "an older processor");
        assertThat(ada.runs("dead-letters", "show", place).out()).contains("ce_hmstype")
                .doesNotContain("X-Amz-Signature=");
        var retried = ada.runs("dead-letters", "retry", place, "--reason", "it reads them now");

        assertThat(retried.exit()).as("%s", retried).isZero();
        await().atMost(Stage.LIMIT).untilAsserted(() -> assertThat(recordings(stage)).hasSize(1)
                .allSatisfy(one -> assertThat(one.path("status").stringValue()).isEqualTo("completed")));
        assertThat(ada.runs("dead-letters", "retry", place, "--reason", "once more").out())
                .contains("tried again or parked before");
    }

    private long deadLetter(String room, String body) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, system.kafka().bootstrapServers()),
                new StringSerializer(), new ByteArraySerializer())) {
            var record = new ProducerRecord<>("hms.webhooks.processor.dlt", 0, room,
                    body.getBytes(StandardCharsets.UTF_8));
            Map.of("ce_specversion", "1.0", "ce_id", UUID.randomUUID().toString(), "ce_source",
                    "/kulti/recording/ingest", "ce_type", "kulti.webhook.delivered.v1", "ce_time",
                    Instant.now().toString(), "ce_hmstype", "beam.recording.success", "ce_hmsroom", room,
                    "kafka_dlt-original-topic", "hms.webhooks", "kafka_dlt-exception-message", "an older processor")
                    .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
            return producer.send(record).get(10, TimeUnit.SECONDS).offset();
        }
    }

    private Said replayed(Stage stage) {
        var done = ada.runs("replay", "--from", "1h", "--room", stage.room, "--confirm", "--reason", "to see",
                "--json");
        assertThat(done.exit()).as("%s", done).isZero();
        return done;
    }

    /** Grows with every change of the recording. */
    private long revision(String id) {
        return ada.runs("timeline", id, "--json").json().at("/now/revision").longValue();
    }

    private static List<JsonNode> recordings(Stage stage) {
        return stage.host.get("/api/recordings/list?sessionId=" + stage.session).json().path("recordings").valueStream()
                .toList();
    }
}
