package app.kulti.recording.infra.messaging;

import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.Topic;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.kafka.core.KafkaOperations;

/**
 * Writes the messages of one topic. That they are durable once acknowledged is the producer's setting: {@code acks=all}.
 *
 * <p>A send may hold its caller up for the producer's {@code max.block.ms} while it does not know the topic or its buffer is
 * full; do not call this on an event loop.
 */
public final class Publisher<M> {
    private final RecordWriting<M> records;
    private final KafkaOperations<String, byte[]> kafka;

    /** A publisher for {@code topic} over {@code kafka}. */
    public Publisher(Topic<M> topic, KafkaOperations<String, byte[]> kafka) {
        this.records = new RecordWriting<>(topic);
        this.kafka = kafka;
    }

    /**
     * Hands the message to the producer.
     *
     * @return done when the broker has acknowledged; failed, after at most the producer's {@code delivery.timeout.ms}, when it
     *         has not, in which case the message may lie on the topic all the same
     */
    public CompletableFuture<Void> publish(Envelope<M> envelope) {
        return send(records.write(envelope));
    }

    private CompletableFuture<Void> send(ProducerRecord<String, byte[]> record) {
        try {
            return kafka.send(record).thenApply(_ -> null);
        } catch (RuntimeException e) {
            // The producer throws what it finds out at once (too large, buffer full); callers have one way to hear of it.
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The same for several, in their order; done when all are acknowledged. */
    public CompletableFuture<Void> publishAll(Collection<Envelope<M>> envelopes) {
        // Made before the first is sent: what is sent at one go travels together.
        var made = envelopes.stream().map(records::write).toList();
        return CompletableFuture.allOf(made.stream().map(this::send).toArray(CompletableFuture[]::new));
    }
}
