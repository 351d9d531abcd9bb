package app.kulti.recording.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.ingest.RunningIngest.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/** What the running service acknowledges lies on a real broker, as 100ms sent it. */
class IntakeIT {
    private static final int LIMIT = 256 * 1024;
    private static final RunningIngest ingest = RunningIngest.shared();
    private static final WebhooksTopic topic = WebhooksTopic.shared();

    static Stream<Path> samples() throws Exception {
        var folder = Path.of(Objects.requireNonNull(IntakeIT.class.getResource("/webhooks")).toURI());
        try (var files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("peer.")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatIsAcknowledgedLiesOnTheTopicByteForByte(Path sample) throws Exception {
        var body = Files.readAllBytes(sample);

        assertThat(ingest.post(body)).isEqualTo(Answer.RECEIVED);

        assertThat(topic.awaitRecord(EventId.ofBody(body)).value()).isEqualTo(body);
    }

    @Test
    void anOperatorIsToldThatItMayWriteAndNobodyElseIs() throws Exception {
        assertThat(ingest.check().status()).isEqualTo(200);
        assertThat(ingest.check().body()).contains("{\"name\":\"the Kafka login may write hms.webhooks\",\"ok\":true")
                .doesNotContain("\"ok\":false");
        assertThat(ingest.send("POST", "/ops/check", new byte[0], Map.of()).status()).isEqualTo(404);
    }

    @Test
    void allBrokersThatKeepATopicMustAcknowledge() {
        assertThat(ingest.producerSetting("acks")).isEqualTo("all");
    }

    @Test
    void itsRecordSaysWhatWasReadOfIt() throws Exception {
        var body = """
                { "type" : "beam.failure",\t"data" : {"room_id":"room-1", "beam_id":"beam-1", "job_id":"job-1"} }
                """.getBytes(UTF_8);
        var before = Instant.now();

        ingest.post(body);

        var record = topic.awaitRecord(EventId.ofBody(body));
        assertThat(record.key()).isEqualTo("room-1");
        var headers = WebhooksTopic.headers(record);
        assertThat(Instant.parse(Objects.requireNonNull(headers.remove("ce_time")))).isBetween(before, Instant.now());
        assertThat(headers).containsExactlyInAnyOrderEntriesOf(Map.of("ce_specversion", "1.0", "ce_id",
                EventId.ofBody(body).toString(), "ce_type", "kulti.webhook.delivered.v1", "ce_source",
                "/kulti/recording/ingest", "ce_subject", "room-1", "content-type", "application/json", "ce_hmstype",
                "beam.failure", "ce_hmsroom", "room-1", "ce_hmsrecording", "job-1"));
    }

    @Test
    void withoutARoomTheRecordingIsTheKeyAndElseTheType() throws Exception {
        var ofARecording = "{\"type\":\"a.new.thing\",\"data\":{\"recording_id\":\"rec-1\"}}".getBytes(UTF_8);
        var ofNothing = "{\"type\":\"another.new.thing\"}".getBytes(UTF_8);

        ingest.post(ofARecording);
        ingest.post(ofNothing);

        assertThat(topic.awaitRecord(EventId.ofBody(ofARecording)).key()).isEqualTo("rec-1");
        assertThat(topic.awaitRecord(EventId.ofBody(ofNothing)).key()).isEqualTo("another.new.thing");
    }

    @Test
    void aRepeatedBodyHasTheSameId() throws Exception {
        var body = "{\"type\":\"beam.failure\",\"data\":{\"beam_id\":\"repeated\"}}".getBytes(UTF_8);

        ingest.post(body);
        ingest.post(body);

        Awaitility.await().until(() -> topic.records(EventId.ofBody(body)).size() == 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"peer.join.success", "session.close.success", "room.end.success", "role.change.success",
            "ingest.started.success"})
    void familiesThatAreNoRecordingsBusinessAreCountedAndNotPublished(String type) throws Exception {
        var body = "{\"type\":\"%s\",\"data\":{\"room_id\":\"r\"}}".formatted(type).getBytes(UTF_8);
        var count = "/actuator/metrics/kulti.ingest.webhooks?tag=outcome:unrelated&tag=family:"
                + type.substring(0, type.indexOf('.'));
        var before = count(count);
        var lain = topic.size();

        assertThat(ingest.post(body)).isEqualTo(Answer.RECEIVED);

        assertThat(count(count)).isEqualTo(before + 1);
        assertThat(topic.size()).isEqualTo(lain);
    }

    @Test
    void aCharsetDoesNoHarm() throws Exception {
        assertThat(ingest.post("{\"type\":\"beam.failure\"}".getBytes(UTF_8), Map.of("X-Kulti-Webhook-Secret",
                RunningIngest.SECRET, "Content-Type", "application/json; charset=utf-8")).status()).isEqualTo(200);
    }

    @Test
    void theLargestBodyPassesAndOneByteMoreDoesNot() throws Exception {
        var frame = "{\"type\":\"beam.failure\",\"x\":\"\"}";
        var largest = frame.replace("\"\"", "\"" + "x".repeat(LIMIT - frame.length()) + "\"").getBytes(UTF_8);

        assertThat(ingest.post(largest).status()).isEqualTo(200);
        assertThat(topic.awaitRecord(EventId.ofBody(largest)).value()).isEqualTo(largest);
        ingest.post((new String(largest, UTF_8) + " ").getBytes(UTF_8)).assertIsProblem(413,
                "the body is larger than 256 KiB");
    }

    @Test
    void manyAtOnceAreAllOnTheTopic() throws Exception {
        var bodies = IntStream.range(0, 2_000)
                .mapToObj(i -> "{\"type\":\"beam.failure\",\"data\":{\"room_id\":\"room-%d\",\"beam_id\":\"many-%d\"}}"
                        .formatted(i % 50, i).getBytes(UTF_8))
                .toList();

        var answers = ingest.postAll(bodies);
        var refused = IntStream.range(0, bodies.size()).filter(i -> answers.get(i).status() != 200)
                .mapToObj(bodies::get).toList();

        assertThat(refused.stream().map(ingest::post)).allMatch(Answer.RECEIVED::equals);
        topic.awaitRecords(bodies.stream().map(EventId::ofBody).toList());
    }

    @Test
    void aBlockedEventLoopWouldBeNoticed() {
        assertThatThrownBy(() -> Mono.fromRunnable(() -> LockSupport.parkNanos(1)).subscribeOn(Schedulers.parallel())
                .block(Duration.ofSeconds(5))).hasRootCauseInstanceOf(BlockingOperationError.class);
    }

    private static double count(String path) throws Exception {
        var json = JsonMapper.shared().readTree(ingest.actuator(path).body());
        return json.path("measurements").path(0).path("value").asDouble();
    }
}
