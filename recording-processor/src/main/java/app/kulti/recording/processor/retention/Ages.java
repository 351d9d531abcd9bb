package app.kulti.recording.processor.retention;

import app.kulti.recording.events.ids.RecordingId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Mono;

/** Recordings by their age, the oldest first and at most so many. */
public interface Ages {
    /** Those that record since {@code begunBy} or longer, whose hosts were not told yet that they will be stopped. */
    Mono<List<Aged>> nearLimit(Instant begunBy, int most);

    /** Those that record since {@code begunBy} or longer, and that nobody stops. */
    Mono<List<Aged>> overLimit(Instant begunBy, int most);

    /** Those that are over, not kept, and began by {@code begunBy}, whose hosts know no date that holds under {@code retention}. */
    Mono<List<Aged>> nearExpiry(Instant begunBy, Duration retention, int most);

    /**
     * Those that are over, not kept, and of which it was said that they would go by {@code now}; with that date, where it
     * holds under {@code retention}.
     */
    Mono<List<Aged>> expired(Instant now, Duration retention, int most);

    /** Deletes the history of those that were deleted by {@code deletedBy}; says of how many. */
    Mono<Long> endHistories(Instant deletedBy, int most);

    /**
     * Deletes what was decided by {@code decidedBy} about events that met no recording; says how much. What was decided about
     * an id that never became a recording, such as a start that 100ms refused, stays.
     */
    Mono<Long> endStrays(Instant decidedBy, int most);

    /** Whether it is this copy's turn: of all copies one has it, once in {@code every} by the database's clock. */
    Mono<Boolean> takeTurn(Duration every);

    /**
     * One of them.
     *
     * @param at when it began, or, of an expired one, the date that was said
     */
    record Aged(RecordingId id, Instant at) {}
}
