package app.kulti.recording.infra.bench.processor;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.events.wire.Topic;
import app.kulti.recording.infra.messaging.Publisher;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** A running service that reads webhooks from a topic into a database. */
final class WebhookReader implements AutoCloseable {
    private static final Duration LONGEST_READ = Duration.ofMinutes(15);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int CALL_SECONDS = 10;

    private final BenchServers servers;
    private final Topic<HmsWebhook> topic;
    private final String group;
    private final BenchDatabase database;
    private final DefaultKafkaProducerFactory<String, byte[]> producers;

    /** A reader of {@code topic} that commits its offsets as {@code group}. */
    WebhookReader(BenchServers servers, Topic<HmsWebhook> topic, String group, BenchDatabase database) {
        this.servers = servers;
        this.topic = topic;
        this.group = group;
        this.database = database;
        this.producers = new DefaultKafkaProducerFactory<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers.brokers(), ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.LINGER_MS_CONFIG, 20, ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024),
                new StringSerializer(), new ByteArraySerializer());
    }

    BenchDatabase database() {
        return database;
    }

    /**
     * Has it read a backlog that is new to it, and looks whether it did so rightly.
     *
     * @return webhooks per second, from the first that is sent to the last whose offset is committed
     */
    double read(Backlog backlog) throws Exception {
        database.makeSessions(backlog);
        var rate = send(backlog, UnaryOperator.identity());
        database.requireApplied(backlog);
        return rate;
    }

    /**
     * Has it read a backlog again, as an operator's replay puts it on the topic.
     *
     * @return webhooks per second
     * @throws IllegalStateException when that changed any row of any table
     */
    double replay(Backlog backlog) throws Exception {
        var before = database.hashes();
        var rate = send(backlog, webhook -> new Envelope<>(webhook.id(), webhook.time(), ServiceName.OPS,
                webhook.message(), new Envelope.Replay("bench", "to see that nothing changes"), null));
        var after = database.hashes();
        if (!after.equals(before)) {
            throw new IllegalStateException("a replay has changed tables: %s became %s".formatted(before, after));
        }
        return rate;
    }

    private double send(Backlog backlog, UnaryOperator<Envelope<HmsWebhook>> form) throws Exception {
        var begun = System.nanoTime();
        var kafka = new KafkaTemplate<>(producers);
        var publisher = new Publisher<>(topic, kafka);
        var failure = new AtomicReference<Throwable>();
        for (var delivery : backlog.deliveries()) {
            var _ = publisher.publish(form.apply(backlog.envelope(delivery))).whenComplete((_, e) -> {
                if (e != null) {
                    failure.set(e);
                }
            });
        }
        kafka.flush();
        if (failure.get() != null) {
            throw new IllegalStateException("a webhook could not be put on its topic", failure.get());
        }
        awaitRead();
        return backlog.size() * 1e9 / (System.nanoTime() - begun);
    }

    private void awaitRead() throws InterruptedException, ExecutionException, TimeoutException {
        var end = ends();
        Awaitility.await(group + " to have read all of " + topic.name()).atMost(LONGEST_READ).pollInterval(POLL)
                .until(() -> committed().equals(end));
    }

    /** Of the partitions that hold anything. */
    private Map<TopicPartition, Long> ends() throws InterruptedException, ExecutionException, TimeoutException {
        var latest = IntStream.range(0, topic.partitions()).boxed()
                .collect(Collectors.toMap(partition -> new TopicPartition(topic.name(), partition),
                        _ -> OffsetSpec.latest()));
        return servers.admin().listOffsets(latest).all().get(CALL_SECONDS, TimeUnit.SECONDS).entrySet().stream()
                .filter(end -> end.getValue().offset() > 0)
                .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private Map<TopicPartition, Long> committed() throws InterruptedException, ExecutionException, TimeoutException {
        return servers.admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()
                .get(CALL_SECONDS, TimeUnit.SECONDS).entrySet().stream()
                .filter(offset -> offset.getValue() != null && offset.getValue().offset() > 0)
                .collect(Collectors.toMap(Map.Entry::getKey, offset -> offset.getValue().offset()));
    }

    @Override
    public void close() {
        producers.destroy();
    }
}
