package app.kulti.recording.processor.running;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.MirrorReport;
import app.kulti.recording.events.RawBody;
import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.RecordingEvent.CommandAnswered;
import app.kulti.recording.events.RecordingFinding;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.events.wire.WireForm;
import app.kulti.recording.infra.messaging.Publisher;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** The processor's neighbours on the topics: says what they say and hears what the processor announces. */
final class Traffic implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final DefaultKafkaProducerFactory<String, byte[]> producers;
    private final KafkaTemplate<String, byte[]> kafka;
    private final Map<String, Object> settings;
    private final List<RecordingEvent> heard = new CopyOnWriteArrayList<>();
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread listener;
    private volatile boolean listening = true;

    Traffic(String bootstrapServers) {
        producers = new DefaultKafkaProducerFactory<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.LINGER_MS_CONFIG, 0,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * 1024 * 1024),
                new StringSerializer(), new ByteArraySerializer());
        kafka = new KafkaTemplate<>(producers);
        settings = Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        consumer = new KafkaConsumer<>(settings,
                new StringDeserializer(), new ByteArrayDeserializer());
        var partitions = consumer.partitionsFor(Topics.EVENTS.name()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition())).toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        listener = Thread.ofPlatform().daemon().name("traffic").start(this::listen);
    }

    private void listen() {
        var form = new WireForm<>(Topics.EVENTS);
        while (listening) {
            consumer.poll(Duration.ofMillis(100)).forEach(record -> heard.add(
                    form.read(KafkaMessageFactory.createReader(record).toEvent()).message()));
        }
        consumer.close();
    }

    void send(RecordingCommand command) {
        publish(new Publisher<>(Topics.COMMANDS, kafka), EventId.of(command.commandId()), ServiceName.GATEWAY, command);
    }

    void send(MirrorReport report) {
        publish(new Publisher<>(Topics.REPORTS, kafka), new EventId(UUID.randomUUID()), ServiceName.MIRROR, report);
    }

    void send(EventId id, Instant time, RecordingFinding finding) {
        publish(new Publisher<>(Topics.FINDINGS, kafka), Envelope.of(id, time, ServiceName.OPS, finding));
    }

    /** Exactly these bytes, as ingest would put them there. */
    void webhook(String type, RoomId room, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        publish(new Publisher<>(Topics.WEBHOOKS, kafka), EventId.ofBody(bytes), ServiceName.INGEST,
                new HmsWebhook.Delivered(type, room, null, RawBody.of(bytes)));
    }

    private static <M> void publish(Publisher<M> publisher, EventId id, ServiceName writer, M message) {
        publish(publisher, Envelope.of(id, Instant.now(), writer, message));
    }

    private static <M> void publish(Publisher<M> publisher, Envelope<M> envelope) {
        try {
            publisher.publish(envelope).get(LIMIT.toSeconds(), SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Something that is no message, or no good one. */
    void put(String topic, @Nullable String key, byte[] value, Map<String, String> headers) {
        var record = key == null
                ? new ProducerRecord<String, byte[]>(topic, value)
                : new ProducerRecord<>(topic, key, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        try {
            kafka.send(record).get(LIMIT.toSeconds(), SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The records on the only partition of a topic, from an offset on, once there are so many. */
    List<ConsumerRecord<String, byte[]>> records(String topic, long from, int many) {
        var partition = new TopicPartition(topic, 0);
        var records = new ArrayList<ConsumerRecord<String, byte[]>>();
        try (var reader = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            reader.assign(List.of(partition));
            reader.seek(partition, from);
            await().atMost(LIMIT).until(() -> {
                reader.poll(Duration.ofMillis(100)).forEach(records::add);
                return records.size() >= many;
            });
        }
        return records;
    }

    /** How many records lie on the only partition of a topic. */
    long end(String topic) {
        var partition = new TopicPartition(topic, 0);
        try (var reader = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            return reader.endOffsets(List.of(partition), LIMIT).getOrDefault(partition, 0L);
        }
    }

    CommandAnswered answerTo(CommandId command) {
        return await().atMost(LIMIT).until(() -> answersTo(command).stream().findFirst().orElse(null),
                answer -> answer != null);
    }

    List<CommandAnswered> answersTo(CommandId command) {
        return heard.stream().filter(CommandAnswered.class::isInstance).map(CommandAnswered.class::cast)
                .filter(answer -> answer.commandId().equals(command)).toList();
    }

    /** The first event of that kind about the recording, waiting for it. */
    <E extends RecordingEvent> E event(Class<E> kind, RecordingId recording) {
        return event(kind, recording, _ -> true);
    }

    <E extends RecordingEvent> E event(Class<E> kind, RecordingId recording, Predicate<E> such) {
        return await().atMost(LIMIT).until(() -> heard.stream().filter(kind::isInstance).map(kind::cast)
                .filter(event -> event.key().equals(recording.toString())).filter(such).findFirst().orElse(null),
                event -> event != null);
    }

    List<RecordingEvent> about(RecordingId recording) {
        return heard.stream().filter(event -> event.key().equals(recording.toString())).toList();
    }

    @Override
    public void close() {
        listening = false;
        try {
            listener.join(LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producers.destroy();
    }
}
