package app.kulti.recording.processor.reconcile;

import app.kulti.recording.events.ids.RecordingId;
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
     * The app's own recordings from before this system that are to be followed from now on, the oldest first: those that are
     * not finished, and those without a copy whose film 100ms still has. They are not taken: each round, and each copy, finds
     * them until they are followed.
     */
    Mono<List<RecordingId>> inherited(Instant now, int most);

    /** Recordings that are to be mirrored, those first whose file 100ms will delete first, as they were when taken. */
    Mono<List<Stored>> takeUnmirrored(Instant now, int most);

    /** Events that found no recording, the longest due first; what has found one meanwhile is forgotten. */
    Mono<List<Unmatched>> takeUnmatched(Instant now, int most);

    /** Deleted recordings of which something may be left, the longest due first. */
    Mono<List<Tombstone>> takeTombstones(Instant now, int most);
}
