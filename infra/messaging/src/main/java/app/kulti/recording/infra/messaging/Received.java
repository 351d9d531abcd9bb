package app.kulti.recording.infra.messaging;

import app.kulti.recording.events.wire.Envelope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message as it was read.
 *
 * @param key       the record's key: messages with one key arrive in the order they were written
 * @param topic     where it was read
 * @param writtenAt when it came to lie there, by the record's own timestamp
 */
public record Received<M>(Envelope<M> envelope, String key, String topic, int partition, long offset,
        Instant writtenAt) {

    /** The same message, for what acts on it to go on from {@code traceparent}. */
    Received<M> traced(@Nullable String traceparent) {
        return new Received<>(envelope.traced(traceparent), key, topic, partition, offset, writtenAt);
    }

    /** What it says. */
    public M message() {
        return envelope.message();
    }
}
