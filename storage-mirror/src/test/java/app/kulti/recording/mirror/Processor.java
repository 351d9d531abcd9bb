package app.kulti.recording.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;

import app.kulti.recording.events.MirrorReport;
import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.RecordingState;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.events.wire.WireForm;
import app.kulti.recording.infra.messaging.RecordReading;
import app.kulti.recording.infra.messaging.TopicProvisioning;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What the mirror sees of the processor: it announces states, and reads reports. */
final class Processor implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final WireForm<RecordingEvent> events = new WireForm<>(Topics.EVENTS);
    private final RecordReading<MirrorReport> reports = new RecordReading<>(Topics.REPORTS);
    private final List<MirrorReport> told = new ArrayList<>();
    private final Admin admin;
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;

    Processor(String kafka) throws InterruptedException {
        Map<String, Object> broker = Map.of("bootstrap.servers", kafka);
        admin = Admin.create(broker);
        TopicProvisioning.createMissing(admin, (short) 1, LIMIT);
        producer = new KafkaProducer<>(broker, new StringSerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", kafka, "auto.offset.reset", "earliest"),
                new StringDeserializer(), new ByteArrayDeserializer());
        consumer.assign(consumer.partitionsFor(Topics.REPORTS.name()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition())).toList());
        consumer.seekToBeginning(consumer.assignment());
    }

    void announce(RecordingState state) {
        var id = new EventId(UUID.randomUUID());
        send(KafkaMessageFactory.createWriter(Topics.EVENTS.name(), state.recordingId().toString()).writeBinary(
                events.write(Envelope.of(id, Instant.now(), ServiceName.PROCESSOR,
                        new RecordingEvent.Announced(state)))));
    }

    /** What is no message. */
    void announceNonsense(RecordingId key) {
        send(new ProducerRecord<>(Topics.EVENTS.name(), key.toString(), new byte[]{1, 2, 3}));
    }

    private void send(ProducerRecord<String, byte[]> record) {
        try {
            producer.send(record).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Where the records of this recording lie. */
    static int partitionOf(RecordingId id) {
        return BuiltInPartitioner.partitionForKey(id.toString().getBytes(UTF_8), Topics.EVENTS.partitions());
    }

    /** The reports about a recording so far, without those that only say how far it is. */
    List<MirrorReport> reportsOf(RecordingId id) {
        return allOf(id).stream().filter(report -> !(report instanceof MirrorReport.Copying)).toList();
    }

    List<MirrorReport> allOf(RecordingId id) {
        for (var record : consumer.poll(Duration.ofMillis(50))) {
            told.add(reports.read(record).message());
        }
        return told.stream().filter(report -> report.recordingId().equals(id)).toList();
    }

    /** Records that a reader may still have to look at. */
    long lag(String group) throws ExecutionException, InterruptedException, TimeoutException {
        var committed = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get(10, TimeUnit.SECONDS);
        var partitions = consumer.partitionsFor(Topics.EVENTS.name()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition())).toList();
        var lag = 0L;
        for (var partition : partitions) {
            var end = admin.listOffsets(Map.of(partition, OffsetSpec.latest())).partitionResult(partition)
                    .get(10, TimeUnit.SECONDS).offset();
            var at = committed.get(partition);
            lag += end - (at == null ? 0 : at.offset());
        }
        return lag;
    }

    long endOf(String topic) throws ExecutionException, InterruptedException, TimeoutException {
        var partition = new TopicPartition(topic, 0);
        return admin.listOffsets(Map.of(partition, OffsetSpec.latest())).partitionResult(partition)
                .get(10, TimeUnit.SECONDS).offset();
    }

    @Override
    public void close() {
        consumer.close();
        producer.close();
        admin.close();
    }
}
