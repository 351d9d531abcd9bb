package app.kulti.recording.infra.local.hms.webhook;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What became of one webhook, or of one copy of it.
 *
 * @param number   counts deliveries of this process from 1
 * @param at       when it was to be sent
 * @param eventId  the envelope's id; null in the simple dialect
 * @param body     exactly as sent
 */
public record Delivery(long number, Instant at, @Nullable String eventId, String type, String roomId,
        String recordingId,
        String body, State state, List<Attempt> attempts) {

    Delivery with(State changed) {
        return new Delivery(number, at, eventId, type, roomId, recordingId, body, changed, attempts);
    }

    Delivery with(Attempt attempt) {
        return new Delivery(number, at, eventId, type, roomId, recordingId, body, state,
                Stream.concat(attempts.stream(), Stream.of(attempt)).toList());
    }

    /** How far it has come. */
    public enum State {
        /** Under way, waiting for its time, or between two attempts. */
        PENDING,
        /** Answered with 200. */
        DELIVERED,
        /** All attempts failed. */
        GIVEN_UP,
        /** A fault took it. */
        DROPPED,
        /** There is no URL to send it to. */
        NO_TARGET,
        /** Too many others were under way. */
        OVERFLOW
    }

    /**
     * One try.
     *
     * @param status of the answer, or null when there was none
     * @param error  why there was none, or null
     */
    public record Attempt(Instant at, @Nullable Integer status, @Nullable String error) {}
}
