package app.kulti.recording.gateway.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.RecordingEvent.CommandAnswered;
import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.events.wire.Topic;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.events.wire.WireForm;
import app.kulti.recording.infra.local.LocalKafka;
import app.kulti.recording.infra.local.Port;
import app.kulti.recording.infra.local.testing.RealKafka;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tail of a topic of a test's own; on a broker of its own where that is killed. */
class EventTailIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final Topic<RecordingEvent> topic = new Topic<>("events." + UUID.randomUUID(), Topics.EVENTS.owner(),
            Topics.EVENTS.type(), Topics.EVENTS.key(), 1, Topics.EVENTS.kept(), Topics.EVENTS.maxBytes());
    private final Port port = Port.any("Kafka");
    private String servers = "127.0.0.1:" + port.number();
    private final List<RecordingEvent> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger missed = new AtomicInteger();
    private final EventTail tail = new EventTail(topic, () -> new KafkaConsumer<>(Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest", ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500,
            ConsumerConfig.METADATA_MAX_AGE_CONFIG, 1000),
            new StringDeserializer(), new ByteArrayDeserializer()), new EventTail.Listener() {
                @Override
                public void heard(RecordingEvent event, Instant publishedAt) {
                    assertThat(publishedAt).isBeforeOrEqualTo(Instant.now());
                    heard.add(event);
                }

                @Override
                public void missed() {
                    missed.incrementAndGet();
                }
            });

    @AfterEach
    void stop() {
        tail.stop();
        assertThat(tail.isRunning()).isFalse();
        assertThat(tail.isPositioned()).isFalse();
    }

    @Test
    void itWaitsForABrokerHearsWhatComesAndMissesNothingWhileTheBrokerIsAway() throws Exception {
        tail.start();
        assertThat(tail.isPositioned()).isFalse();

        var kafka = LocalKafka.start(folder, port);
        try {
            createTopic(2);
            await().atMost(LIMIT).until(tail::isPositioned);

            var first = answered();
            publish(1, first);
            await().atMost(LIMIT).untilAsserted(() -> assertThat(heard).containsExactly(first));

            kafka.process().kill();
            assertThat(tail.isPositioned()).as("it knows where it was").isTrue();
            kafka = LocalKafka.start(folder, port);
            var second = answered();
            publish(0, second);
            await().atMost(LIMIT).untilAsserted(() -> assertThat(heard).containsExactly(first, second));
            assertThat(missed).hasValue(0);
        } finally {
            kafka.close();
        }
    }

    @Test
    void itBeginsAtTheEndReadsAddedPartitionsFromTheirFirstRecordAndPassesOverWhatIsNoEvent() throws Exception {
        servers = RealKafka.shared().bootstrapServers();
        createTopic(1);
        publish(0, answered());
        tail.start();
        await().atMost(LIMIT).until(tail::isPositioned);
        try (var admin = admin()) {
            admin.createPartitions(Map.of(topic.name(), NewPartitions.increaseTo(2))).all().get(30, TimeUnit.SECONDS);
        }
        send(new ProducerRecord<>(topic.name(), 1, "key", "no event".getBytes(StandardCharsets.UTF_8)));
        var event = answered();
        publish(1, event);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(heard).containsExactly(event));
    }

    private void createTopic(int partitions) throws Exception {
        try (var admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic.name(), partitions, (short) 1))).all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private Admin admin() {
        return Admin.create(Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers));
    }

    private void publish(int partition, RecordingEvent event) throws Exception {
        send(KafkaMessageFactory.<String>createWriter(topic.name(), partition, event.key()).writeBinary(
                new WireForm<>(topic).write(Envelope.of(new EventId(UUID.randomUUID()), Instant.now(),
                        ServiceName.PROCESSOR, event))));
    }

    private void send(ProducerRecord<String, byte[]> record) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers), new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(record).get(60, TimeUnit.SECONDS);
        }
    }

    private static CommandAnswered answered() {
        return new CommandAnswered(new CommandId(UUID.randomUUID()), new SessionId(UUID.randomUUID()), null,
                new RecordingEvent.Answer.Done(), null);
    }
}
