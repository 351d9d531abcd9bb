package app.kulti.recording.processor.advance;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.infra.messaging.Received;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The record that something follows from.
 *
 * @param type        100ms's word for a webhook, else the message's wire name
 * @param time        when it was said
 * @param occurredAt  when it happened by 100ms's own clock
 * @param replay      who put it on its topic again
 * @param traceparent W3C trace context
 */
public record Cause(EventId event, String type, Instant time, @Nullable Instant occurredAt, Origin origin,
        Envelope.@Nullable Replay replay, @Nullable String traceparent) {

    /** Where a record lies. */
    public record Origin(String topic, int partition, long offset) {
        static Origin of(Received<?> received) {
            return new Origin(received.topic(), received.partition(), received.offset());
        }
    }

    /** Whether 100ms said it of its own accord. */
    boolean isWebhook() {
        return origin.topic().equals(Topics.WEBHOOKS.name());
    }

    static Cause of(Received<?> received) {
        return of(received, null);
    }

    static Cause of(Received<?> received, @Nullable Instant occurredAt) {
        var envelope = received.envelope();
        return new Cause(envelope.id(), type(received.message()), envelope.time(), occurredAt,
                Origin.of(received), envelope.replay(), envelope.traceparent());
    }

    private static String type(Object message) {
        return message instanceof HmsWebhook webhook
                ? webhook.type()
                : Objects.requireNonNull(message.getClass().getAnnotation(JsonTypeName.class)).value();
    }
}
