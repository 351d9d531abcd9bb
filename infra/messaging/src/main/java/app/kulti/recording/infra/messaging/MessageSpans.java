package app.kulti.recording.infra.messaging;

import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.Topic;
import io.micrometer.tracing.Span;

/**
 * The spans of one topic's messages: one while each is sent, one while each is acted on.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/messaging/kafka/">OpenTelemetry: Kafka</a>
 */
public final class MessageSpans<M> {
    private final Topic<M> topic;
    private final Traces traces;

    /** Those of {@code topic}. */
    public MessageSpans(Topic<M> topic, Traces traces) {
        this.topic = topic;
        this.traces = traces;
    }

    /** Begins one that goes on from what {@code envelope} says, else from what its sender does. */
    public Span sending(Envelope<M> envelope) {
        return about(envelope, "send", traces.goingOnFrom(envelope.traceparent())).kind(Span.Kind.PRODUCER)
                .tag("messaging.kafka.message.key", topic.key().apply(envelope.message())).start();
    }

    /** Begins one that goes on from what was received. */
    public Span processing(Received<M> received) {
        return about(received.envelope(), "process", traces.goingOnFrom(received.envelope().traceparent()))
                .kind(Span.Kind.CONSUMER)
                .tag("messaging.kafka.message.key", received.key())
                .tag("messaging.destination.partition.id", Integer.toString(received.partition()))
                .tag("messaging.kafka.offset", received.offset()).start();
    }

    private Span.Builder about(Envelope<M> envelope, String operation, Span.Builder span) {
        return span.name(operation + " " + topic.name())
                .tag("messaging.system", "kafka")
                .tag("messaging.operation.type", operation)
                .tag("messaging.destination.name", topic.name())
                .tag("messaging.message.id", envelope.id().toString());
    }
}
