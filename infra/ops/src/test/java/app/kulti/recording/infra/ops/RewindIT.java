package app.kulti.recording.infra.ops;

import static app.kulti.recording.infra.ops.RunningServers.GROUP;
import static app.kulti.recording.infra.ops.RunningServers.WEBHOOKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.infra.ops.kafka.Groups;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Kafka's own way of reading again. */
class RewindIT {
    private final RunningServers servers = RunningServers.shared();
    private final TestDesk ada = servers.desk("ada");

    @BeforeEach
    void allIsWell() {
        servers.allIsWell();
    }

    @Test
    void aGroupIsSetBackOnlyWhileNobodyReadsInIt() {
        servers.deliver(RunningServers.room(), 4);
        servers.hasReadItAll();
        var before = positions();
        assertThat(ada.run("replay", "--group", "processor", "--topic", WEBHOOKS, "--from", "1h")).as("%s", ada)
                .isZero();
        assertThat(ada.out.toString()).contains(GROUP, "would be read again", "By its webhooks 0 recordings change",
                "Nothing was moved");

        try (var reader = reader()) {
            reader.subscribe(List.of(WEBHOOKS));
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                reader.poll(Duration.ofMillis(100));
                return !reader.assignment().isEmpty();
            });
            assertThat(rewind("too early")).isEqualTo(Exit.BUSY);
            assertThat(ada.err.toString()).contains("is being read by 1 members", "Stop every copy of the processor");
        }
        assertThat(rewind("it stands")).as("%s", ada).isZero();
        assertThat(positions()).isNotEqualTo(before).allSatisfy(
                (partition, offset) -> assertThat(offset).isLessThanOrEqualTo(before.get(partition)));
        assertThat(servers.records("ops.audit", 1, "ada")).anySatisfy(action -> assertThat(
                RunningServers.header(action, "ce_type")).isEqualTo("kulti.ops.offsets-rewound.v1"));
    }

    @Test
    void whoChangesHisMindInTimeMovesNothing() {
        servers.deliver(RunningServers.room(), 1);
        servers.hasReadItAll();
        var before = positions();
        ada.stop.request();

        assertThat(rewind("on second thoughts")).as("%s", ada).isEqualTo(Exit.CANCELLED);

        assertThat(ada.err.toString()).contains("Interrupted before anything was");
        assertThat(positions()).isEqualTo(before);
    }

    private Map<Integer, Long> positions() {
        return new Groups(servers.broker()).positions(GROUP, WEBHOOKS);
    }

    private int rewind(String reason) {
        return ada.run("replay", "--group", "processor", "--topic", WEBHOOKS, "--from", "1h", "--confirm", "--reason",
                reason);
    }

    private Consumer<String, byte[]> reader() {
        return new KafkaConsumer<>(Map.of("bootstrap.servers", servers.kafka.bootstrapServers(), "group.id", GROUP,
                "auto.offset.reset", "latest", "enable.auto.commit", "false"), new StringDeserializer(),
                new ByteArrayDeserializer());
    }
}
