package app.kulti.recording.processor.reconcile;

import app.kulti.recording.processor.advance.Start;
import app.kulti.recording.processor.advance.Stored;
import app.kulti.recording.processor.advance.Unmatched;
import app.kulti.recording.processor.recording.Tombstone;
import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * What is due. Taking it moves its due time on, so that no other copy takes it, and so that it comes again should the one
 * that took it die.
 */
public interface DueWork {
    /** Unsettled starts, the longest due first, as they are once taken. */
    Mono<List<Start>> takeStarts(Instant now, int most);

    /** Recordings that are to be stopped or looked at, the longest due first, as they were when taken. */
    Mono<List<Stored>> takeUnfinished(Instant now, int most);

    /**
     * Unfinished recordings of which nothing is known but the row that was there before this service, the oldest first. They are
     * not taken: they have no due time until something is known of them, which whatever 100ms says to the first look changes,
     * and until then each round, and each copy, asks once more.
     */
    Mono<List<Stored>> inherited(Instant now, int most);

    /** Recordings that are to be mirrored, those first whose file 100ms will delete first, as they were when taken. */
    Mono<List<Stored>> takeUnmirrored(Instant now, int most);

    /** Events that found no recording, the longest due first; what has found one meanwhile is forgotten. */
    Mono<List<Unmatched>> takeUnmatched(Instant now, int most);

    /** Deleted recordings of which something may be left, the longest due first. */
    Mono<List<Tombstone>> takeTombstones(Instant now, int most);
}
