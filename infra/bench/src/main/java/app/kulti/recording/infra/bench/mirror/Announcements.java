package app.kulti.recording.infra.bench.mirror;

import app.kulti.recording.events.MirrorReport;
import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.RecordingState;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.events.wire.WireForm;
import app.kulti.recording.infra.local.LocalServiceException;
import app.kulti.recording.infra.messaging.RecordReading;
import app.kulti.recording.infra.messaging.TopicProvisioning;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What the mirror sees of the processor: it announces states, and reads reports. */
final class Announcements implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(20);

    private final WireForm<RecordingEvent> events = new WireForm<>(Topics.EVENTS);
    private final RecordReading<MirrorReport> reports = new RecordReading<>(Topics.REPORTS);
    private final Map<RecordingId, MirrorReport> told = new HashMap<>();
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;

    Announcements(String kafka) throws InterruptedException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            TopicProvisioning.createMissing(admin, (short) 1, LIMIT);
        }
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", kafka), new StringSerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", kafka, "auto.offset.reset", "earliest"),
                new StringDeserializer(), new ByteArrayDeserializer());
        consumer.assign(consumer.partitionsFor(Topics.REPORTS.name()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition())).toList());
        consumer.seekToBeginning(consumer.assignment());
    }

    void announce(RecordingState state) {
        producer.send(KafkaMessageFactory.createWriter(Topics.EVENTS.name(), state.recordingId().toString())
                .writeBinary(events.write(Envelope.of(new EventId(UUID.randomUUID()), Instant.now(),
                        ServiceName.PROCESSOR, new RecordingEvent.Announced(state)))));
        producer.flush();
    }

    /**
     * Waits until each of these has been reported with more than progress.
     *
     * @throws LocalServiceException when that takes longer than {@code limit}
     */
    Map<RecordingId, MirrorReport> await(Set<RecordingId> ids, Duration limit) {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!told.keySet().containsAll(ids)) {
            if (System.nanoTime() > deadline) {
                throw new LocalServiceException("The mirror had not reported all of %d copies after %s"
                        .formatted(ids.size(), limit));
            }
            for (var record : consumer.poll(POLL)) {
                var report = reports.read(record).message();
                if (!(report instanceof MirrorReport.Copying)) {
                    told.put(report.recordingId(), report);
                }
            }
        }
        return Map.copyOf(told);
    }

    @Override
    public void close() {
        consumer.close();
        producer.close();
    }
}
