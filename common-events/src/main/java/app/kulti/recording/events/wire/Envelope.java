package app.kulti.recording.events.wire;

import app.kulti.recording.events.ids.EventId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message and what its record says about it.
 *
 * @param id          the same in every copy and replay ({@code ce_id})
 * @param time        when it happened, for a webhook when it came in ({@code ce_time}); a replay keeps it
 * @param writer      who wrote it ({@code ce_source})
 * @param replay      who put it on the topic again, and why; absent the first time
 * @param traceparent W3C trace context, absent when nobody traces
 */
public record Envelope<M>(EventId id, Instant time, ServiceName writer, M message, @Nullable Replay replay,
        @Nullable String traceparent) {

    /** A message that is written for the first time. */
    public static <M> Envelope<M> of(EventId id, Instant time, ServiceName writer, M message) {
        return new Envelope<>(id, time, writer, message, null, null);
    }

    /** The same envelope with another content. */
    public <N> Envelope<N> with(N other) {
        return new Envelope<>(id, time, writer, other, replay, traceparent);
    }

    /** The same envelope as part of another trace, or of none. */
    public Envelope<M> traced(@Nullable String other) {
        return new Envelope<>(id, time, writer, message, replay, other);
    }

    /**
     * Why a record lies on its topic again.
     *
     * @param by     the operator
     * @param reason in the operator's words
     */
    public record Replay(String by, String reason) {}
}
