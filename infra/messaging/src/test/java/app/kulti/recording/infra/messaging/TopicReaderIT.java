package app.kulti.recording.infra.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.MirrorReport;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.events.wire.Topic;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.infra.local.testing.RealKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

class TopicReaderIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final String bootstrap = RealKafka.shared().bootstrapServers();
    /** A topic of this test's own, with the form of the reports. */
    private final Topic<MirrorReport> topic = new Topic<>("reports." + UUID.randomUUID(), ServiceName.MIRROR,
            MirrorReport.class, Topics.REPORTS.key(), 1, Duration.ofHours(1), 1024 * 1024);
    private final Topic.DeadLetters deadLetters = topic.deadLettersOf(ServiceName.PROCESSOR);
    private final DefaultKafkaProducerFactory<String, byte[]> producers = new DefaultKafkaProducerFactory<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap), new StringSerializer(),
            new ByteArraySerializer());
    private final DefaultKafkaConsumerFactory<String, byte[]> consumers = new DefaultKafkaConsumerFactory<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "earliest"),
            new StringDeserializer(), new ByteArrayDeserializer());
    private final KafkaTemplate<String, byte[]> kafka = new KafkaTemplate<>(producers);
    private final Publisher<MirrorReport> publisher = new Publisher<>(topic, kafka);
    private final List<Long> handled = new CopyOnWriteArrayList<>();
    private @Nullable ConcurrentMessageListenerContainer<String, byte[]> container;

    @BeforeEach
    void makeTopics() throws Exception {
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            admin.createTopics(List.of(new NewTopic(topic.name(), 1, (short) 1),
                    new NewTopic(deadLetters.name(), 1, (short) 1))).all().get();
        }
    }

    @AfterEach
    void stop() {
        if (container != null) {
            container.stop();
        }
        producers.destroy();
    }

    @Test
    void aMessageComesOutAsItWentIn() {
        var sent = report(1);
        publisher.publish(sent).join();

        var received = new CopyOnWriteArrayList<Received<MirrorReport>>();
        read(received::addAll);

        await().atMost(LIMIT).untilAsserted(() -> assertThat(received).singleElement().satisfies(one -> {
            assertThat(one.envelope()).isEqualTo(sent);
            assertThat(one.key()).isEqualTo(sent.message().recordingId().toString());
            assertThat(one.offset()).isZero();
        }));
    }

    @Test
    void whatIsNoMessageIsPutAsideAndThePartitionMovesOn() {
        publisher.publish(report(1)).join();
        kafka.send(topic.name(), "key", "noise".getBytes(StandardCharsets.UTF_8)).join();
        kafka.send(topic.name(), "key", null).join();
        publisher.publish(report(2)).join();

        read(this::note);

        await().atMost(LIMIT).untilAsserted(() -> assertThat(handled).containsExactly(1L, 2L));
        var aside = deadLettered(2);
        assertThat(aside.getFirst().value()).asString(StandardCharsets.UTF_8).isEqualTo("noise");
        assertThat(header(aside.getFirst(), "kafka_dlt-exception-message")).contains("no CloudEvent");
        assertThat(header(aside.getLast(), "kafka_dlt-exception-message")).contains("no value");
        assertThat(aside.getFirst().headers().lastHeader("kafka_dlt-exception-stacktrace")).isNull();
    }

    @Test
    void whatTheHandlerCannotBearIsFoundAmongItsBatch() {
        publisher.publishAll(List.of(report(1), report(2), report(3))).join();

        read(batch -> {
            if (batch.stream().anyMatch(one -> one.message().revision() == 2)) {
                throw new IllegalStateException("two is poison");
            }
            note(batch);
        });

        await().atMost(LIMIT).untilAsserted(() -> assertThat(handled).containsExactly(1L, 3L));
        assertThat(header(deadLettered(1).getFirst(), "kafka_dlt-exception-message")).contains("two is poison");
    }

    @Test
    void whatFailsForNowWaitsInPlaceAndIsNeitherLostNorOvertaken() {
        publisher.publishAll(List.of(report(1), report(2))).join();
        var failures = new AtomicInteger(3);

        read(batch -> {
            if (failures.getAndDecrement() > 0) {
                // With a cause for which Spring's own handler would pass the batch over.
                throw new IllegalStateException(new TimeoutException("away", new ClassCastException()));
            }
            note(batch);
        });

        await().atMost(LIMIT).untilAsserted(() -> assertThat(handled).containsExactly(1L, 2L));
        assertThat(failures).hasValue(-1);
    }

    @Test
    void aBatchThatWaitsPutsItsNoiseAsideOnce() {
        kafka.send(topic.name(), "key", "noise".getBytes(StandardCharsets.UTF_8)).join();
        publisher.publish(report(1)).join();
        var failures = new AtomicInteger(2);

        read(batch -> {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException(new TimeoutException("away"));
            }
            note(batch);
        });
        publisher.publish(report(2)).join();

        await().atMost(LIMIT).untilAsserted(() -> assertThat(handled).containsExactly(1L, 2L));
        assertThat(deadLettered(1)).hasSize(1);
    }

    @Test
    void whatWasHandledIsNotReadAgain() {
        publisher.publish(report(1)).join();
        read(this::note);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(handled).containsExactly(1L));
        stopReading();

        publisher.publish(report(2)).join();
        read(this::note);

        await().atMost(LIMIT).untilAsserted(() -> assertThat(handled).containsExactly(1L, 2L));
    }

    @Test
    void brokersWhoseNameNobodyKnowsYetAreWaitedFor() {
        publisher.publish(report(1)).join();
        var askedFor = new AtomicInteger();
        var address = new AtomicReference<>("absent.invalid:9092");
        consumers.setBootstrapServersSupplier(() -> {
            askedFor.incrementAndGet();
            return address.get();
        });
        var reading = container(this::note);
        container = reading;
        var patience = new PatientStart(List.of(reading));

        patience.start();
        await().atMost(LIMIT).until(() -> askedFor.get() > 5);
        address.set(bootstrap);

        await().atMost(LIMIT).untilAsserted(() -> assertThat(handled).containsExactly(1L));
        patience.stop();
    }

    @Test
    void theTopicsOfTheContractAreMadeOnceAndLeftAlone() throws Exception {
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            TopicProvisioning.createMissing(admin, (short) 1, LIMIT);
            TopicProvisioning.createMissing(admin, (short) 1, LIMIT);

            var made = admin.describeTopics(TopicProvisioning.names()).allTopicNames().get();
            assertThat(made).extractingByKey("recording.events")
                    .satisfies(it -> assertThat(it.partitions()).hasSize(48));
            assertThat(made).extractingByKey("recording.commands.processor.dlt")
                    .satisfies(it -> assertThat(it.partitions()).hasSize(1));
        }
    }

    private void read(BatchHandler<MirrorReport> handler) {
        var reading = container(handler);
        reading.start();
        container = reading;
    }

    private ConcurrentMessageListenerContainer<String, byte[]> container(BatchHandler<MirrorReport> handler) {
        return new TopicReader<>(topic, ServiceName.PROCESSOR, handler, kafka, TransientFaults.ofMessaging())
                .container(consumers, 1);
    }

    private void stopReading() {
        if (container != null) {
            container.stop();
        }
    }

    private void note(List<Received<MirrorReport>> batch) {
        batch.forEach(one -> handled.add(one.message().revision()));
    }

    private List<ConsumerRecord<String, byte[]>> deadLettered(int count) {
        var found = new CopyOnWriteArrayList<ConsumerRecord<String, byte[]>>();
        try (var consumer = consumers.createConsumer("dead-letters-" + UUID.randomUUID(), null)) {
            consumer.assign(List.of(new TopicPartition(deadLetters.name(), 0)));
            consumer.seekToBeginning(consumer.assignment());
            await().atMost(LIMIT).pollInSameThread().until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
                return found.size() >= count;
            });
        }
        return found;
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static Envelope<MirrorReport> report(long revision) {
        var recording = RecordingId.of("33333333-3333-4333-8333-333333333333");
        return Envelope.of(EventId.of("removed", recording.toString(), Long.toString(revision)), NOON,
                ServiceName.MIRROR, new MirrorReport.Removed(recording, revision));
    }
}
