package app.kulti.recording.infra.ops;

import static app.kulti.recording.infra.ops.RunningServers.WEBHOOKS;
import static app.kulti.recording.infra.ops.RunningServers.header;
import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What readers put aside, and its way back. */
class DeadLettersIT {
    private static final String DEAD = WEBHOOKS + ".processor.dlt";

    private final RunningServers servers = RunningServers.shared();
    private final String key = RunningServers.room();
    private final TestDesk ada = servers.desk("ada");

    @BeforeEach
    void allIsWell() {
        servers.allIsWell();
    }

    @Test
    void oneGoesBackUnchangedAndIsParkedWhenItHasFailedThreeTimesAgain() throws Exception {
        var first = DEAD + "@" + put("cannot be read", 0);
        var tired = DEAD + "@" + put("still cannot be read", 3);
        assertThat(ada.run("dead-letters", "list")).isZero();
        assertThat(ada.out.toString()).contains("cannot be read", first, "retried 3x");

        assertThat(ada.run("dead-letters", "retry", first, tired, "--reason", "mended")).as("%s", ada).isZero();

        assertThat(ada.out.toString()).contains("1 put back", "1 parked");
        assertThat(servers.webhooks(key)).singleElement().satisfies(record -> {
            assertThat(new String(record.value(), StandardCharsets.UTF_8)).contains("no film");
            assertThat(header(record, "ce_id")).isEqualTo("an id");
            assertThat(header(record, "ce_replayedby")).isEqualTo("ada");
            assertThat(header(record, "kulti-retries")).isEqualTo("1");
            assertThat(record.headers()).noneMatch(header -> header.key().startsWith("kafka_")
                    || header.key().contains("trace") || header.key().startsWith("__"));
        });
        var later = servers.desk("ada");
        later.run("dead-letters", "list", "--topic", DEAD);
        assertThat(later.out.toString()).doesNotContain(first, tired);
        later.run("dead-letters", "list", "--all", "--json");
        assertThat(later.out.toString()).contains("\"parked\"", "\"retried\"");
        assertThat(ada.run("dead-letters", "retry", first, "--reason", "again")).isEqualTo(Exit.NOT_THERE);
        assertThat(ada.out.toString()).contains("left alone: tried again or parked before");
    }

    @Test
    void manyAreChosenByTheirReason() throws Exception {
        var reason = "reason " + key;
        for (var i = 0; i < 3; i++) {
            put(reason, 0);
        }
        var other = DEAD + "@" + put("another " + key, 0);
        ada.run("dead-letters", "list");
        assertThat(ada.out.toString()).containsPattern("3 +#+ +" + reason);

        assertThat(ada.run("dead-letters", "retry", "--containing", reason, "--reason", "mended")).as("%s", ada)
                .isZero();
        assertThat(servers.webhooks(key)).hasSize(3);
        assertThat(ada.run("dead-letters", "park", other, "--reason", "of no use")).isZero();

        assertThat(servers.records(Topics.AUDIT.name(), 1, "ada")).filteredOn(
                action -> new String(action.value(), StandardCharsets.UTF_8).contains("of no use")).singleElement()
                .satisfies(
                        action -> assertThat(header(action, "ce_type")).isEqualTo("kulti.ops.dead-letter-parked.v1"));
        assertThat(servers.webhooks(key)).as("what is parked stays").hasSize(3);
    }

    @Test
    void whatWasInterruptedGoesOnWithTheRest() throws Exception {
        var first = DEAD + "@" + put("cannot be read", 0);
        var second = DEAD + "@" + put("cannot be read", 0);
        ada.run("dead-letters", "retry", first, "--reason", "mended");
        ada.stop.request();
        assertThat(ada.run("dead-letters", "retry", first, second, "--reason", "mended")).isEqualTo(Exit.CANCELLED);
        assertThat(ada.out.toString()).contains("Interrupted. The same command goes on with the rest.");

        var bob = servers.desk("bob");
        assertThat(bob.run("dead-letters", "retry", first, second, "--reason", "mended")).as("%s", bob).isZero();
        assertThat(bob.out.toString()).contains("1 put back", second, "1 left alone", first);
        assertThat(servers.webhooks(key)).as("each once").hasSize(2);
        assertThat(servers.records(Topics.AUDIT.name(), 1, "bob")).filteredOn(
                action -> new String(action.value(), StandardCharsets.UTF_8).contains("mended")).singleElement()
                .satisfies(
                        action -> assertThat(header(action, "ce_type")).isEqualTo("kulti.ops.dead-letter-retried.v1"));
    }

    @Test
    void oneIsShownWithoutItsSecrets() throws Exception {
        assertThat(ada.run("dead-letters", "show", DEAD + "@" + put("cannot be read", 0))).isZero();
        assertThat(ada.out.toString()).contains("OPEN, from hms.webhooks", "reason: cannot be read", "no film",
                "https://files.example.com/film.mp4").doesNotContain("s3cret");
    }

    @Test
    void whatIsNotThereAndWhatCameFromNowhereIsSaidSo() throws Exception {
        assertThat(ada.run("dead-letters", "show", DEAD + "@999999")).isEqualTo(Exit.NOT_THERE);
        assertThat(ada.err.toString()).contains("There is no record at " + DEAD + "@999999");
        assertThat(ada.run("dead-letters", "list", "--topic", "no.such.dlt")).isEqualTo(Exit.USAGE);
        assertThat(ada.err.toString()).contains("There is no dead-letter topic no.such.dlt, but recording.commands");
        var lost = DEAD + "@" + put("cannot be read", 0, "elsewhere");
        assertThat(ada.run("dead-letters", "retry", lost, "--reason", "r")).isEqualTo(Exit.USAGE);
        assertThat(ada.err.toString()).contains("came from \"elsewhere\", which is no topic of recordings");
    }

    private long put(String reason, int retries) throws Exception {
        return put(reason, retries, WEBHOOKS);
    }

    private long put(String reason, int retries, String original) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", servers.kafka.bootstrapServers()), new StringSerializer(),
                new ByteArraySerializer())) {
            var record = new ProducerRecord<>(DEAD, 0, key,
                    "no film at https://files.example.com/film.mp4?X-Amz-Signature=s3cret"
                            .getBytes(StandardCharsets.UTF_8));
            var headers = new HashMap<>(Map.of("ce_id", "an id", "ce_traceparent", "00-a-b-01", "traceparent",
                    "00-a-b-01", "__replicator_id", "east", "kafka_dlt-original-topic", original,
                    "kafka_dlt-exception-message", reason));
            if (retries > 0) {
                headers.put("kulti-retries", Integer.toString(retries));
            }
            headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
            return producer.send(record).get(30, TimeUnit.SECONDS).offset();
        }
    }
}
