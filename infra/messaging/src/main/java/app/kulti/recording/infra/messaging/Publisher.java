package app.kulti.recording.infra.messaging;

import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.Topic;
import io.micrometer.tracing.Span;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
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
    private final Traces traces;
    private final MessageSpans<M> spans;

    /** A publisher for {@code topic} over {@code kafka} that does not trace. */
    public Publisher(Topic<M> topic, KafkaOperations<String, byte[]> kafka) {
        this(topic, kafka, Traces.none());
    }

    /** The same, where each message goes on from the trace that it says, else from its sender's. */
    public Publisher(Topic<M> topic, KafkaOperations<String, byte[]> kafka, Traces traces) {
        this.records = new RecordWriting<>(topic);
        this.kafka = kafka;
        this.traces = traces;
        this.spans = new MessageSpans<>(topic, traces);
    }

    /**
     * Hands the message to the producer.
     *
     * @return done when the broker has acknowledged; failed, after at most the producer's {@code delivery.timeout.ms}, when it
     *         has not, in which case the message may lie on the topic all the same
     */
    public CompletableFuture<Void> publish(Envelope<M> envelope) {
        return send(made(envelope));
    }

    /** The same for several, in their order; done when all are acknowledged. */
    public CompletableFuture<Void> publishAll(Collection<Envelope<M>> envelopes) {
        // Made before the first is sent: what is sent at one go travels together.
        var made = envelopes.stream().map(this::made).toList();
        return CompletableFuture.allOf(made.stream().map(this::send).toArray(CompletableFuture[]::new));
    }

    private Made made(Envelope<M> envelope) {
        if (!traces.areOn()) {
            return new Made(records.write(envelope), Span.NOOP);
        }
        var span = spans.sending(envelope);
        return new Made(records.write(envelope.traced(traces.traceparent(span))), span);
    }

    private CompletableFuture<Void> send(Made made) {
        try {
            var sent = kafka.send(made.record());
            return traces.areOn()
                    ? sent.whenComplete((_, fault) -> ended(made.span(), fault)).thenApply(_ -> null)
                    : sent.thenApply(_ -> null);
        } catch (RuntimeException e) {
            // The producer throws what it finds out at once (too large, buffer full); callers have one way to hear of it.
            ended(made.span(), e);
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void ended(Span span, @Nullable Throwable fault) {
        if (fault != null) {
            span.error(fault);
        }
        span.end();
    }

    private record Made(ProducerRecord<String, byte[]> record, Span span) {}
}
