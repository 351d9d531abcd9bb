package app.kulti.recording.mirror.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.infra.local.testing.RealKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Why the mirror reads its topic with a plain consumer. A job that is handed over says nothing while it is, so nobody would hear
 * of one that the broker has put aside.
 *
 * @see <a href="https://cwiki.apache.org/confluence/x/4hA0Dw">KIP-932: queues for Kafka</a>
 */
class ShareGroupIT {
    private static final int HAND_OVERS = 10;
    private static final String JOB = "a long copy";
    private static final String LATER_JOB = "a later copy";

    private final String brokers = RealKafka.shared().bootstrapServers();
    private final String topic = "jobs-" + UUID.randomUUID();
    private final String group = "workers-" + UUID.randomUUID();
    private final KafkaProducer<String, String> producer = new KafkaProducer<>(Map.of("bootstrap.servers", brokers),
            new StringSerializer(), new StringSerializer());

    @BeforeEach
    void aJobIsThere() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get(10, TimeUnit.SECONDS);
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.GROUP, group), List.of(
                    new AlterConfigOp(new ConfigEntry("share.auto.offset.reset", "earliest"),
                            AlterConfigOp.OpType.SET))))
                    .all().get(10, TimeUnit.SECONDS);
        }
        publish(JOB);
    }

    @AfterEach
    void close() {
        producer.close(Duration.ofSeconds(5));
    }

    private void publish(String job) throws Exception {
        producer.send(new ProducerRecord<>(topic, job)).get(10, TimeUnit.SECONDS);
    }

    @Test
    void aShareGroupPutsAJobAsideThatWasHandedOverTooOften() throws Exception {
        try (var worker = new KafkaShareConsumer<>(Map.of("bootstrap.servers", brokers, "group.id", group,
                "share.acknowledgement.mode", "explicit"), new StringDeserializer(), new StringDeserializer())) {
            worker.subscribe(List.of(topic));
            var handedOver = new ArrayList<String>();
            // Only once it has been put aside is the later one the first.
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                for (var job : worker.poll(Duration.ofMillis(200))) {
                    handedOver.add(job.value());
                    worker.acknowledge(job, AcknowledgeType.RELEASE);
                    if (handedOver.size() == HAND_OVERS / 2) {
                        publish(LATER_JOB);
                    }
                }
                worker.commitSync(Duration.ofSeconds(5));
                return handedOver.contains(LATER_JOB);
            });

            assertThat(handedOver.subList(0, handedOver.indexOf(LATER_JOB))).containsOnly(JOB)
                    .hasSizeLessThan(HAND_OVERS);
        }
    }

    @Test
    void aPlainGroupKeepsAJobHoweverOftenItIsHandedOver() {
        var handedOver = IntStream.range(0, HAND_OVERS).mapToObj(_ -> begunAndLeft()).toList();

        assertThat(handedOver).hasSize(HAND_OVERS).containsOnly(JOB);
    }

    /** What a worker finds that begins, and ends before it has committed anything. */
    private String begunAndLeft() {
        try (var worker = new KafkaConsumer<>(Map.of("bootstrap.servers", brokers, "group.id", group + "-plain",
                "enable.auto.commit", "false", "auto.offset.reset", "earliest"), new StringDeserializer(),
                new StringDeserializer())) {
            worker.subscribe(List.of(topic));
            return await().atMost(Duration.ofSeconds(15)).until(
                    () -> worker.poll(Duration.ofMillis(200)).records(topic).iterator(), jobs -> jobs.hasNext())
                    .next().value();
        }
    }
}
