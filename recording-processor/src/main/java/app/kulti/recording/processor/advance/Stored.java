package app.kulti.recording.processor.advance;

import app.kulti.recording.processor.recording.Recording;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A recording and what the schedule keeps beside it.
 *
 * @param dueAt            when the schedule looks at it next; absent when there is nothing to wait for
 * @param mirrorAttempts   how often its copy was asked for again
 * @param mirrorReportedAt when the mirror last said something of it
 */
public record Stored(Recording recording, @Nullable Instant dueAt, int mirrorAttempts,
        @Nullable Instant mirrorReportedAt) {

    /** A recording that was not there before. */
    static Stored fresh(Recording recording) {
        return new Stored(recording, null, 0, null);
    }

    Stored with(Recording next) {
        return new Stored(next, dueAt, mirrorAttempts, mirrorReportedAt);
    }

    Stored due(@Nullable Instant at) {
        return new Stored(recording, at, mirrorAttempts, mirrorReportedAt);
    }

    Stored askedAgain() {
        return new Stored(recording, dueAt, mirrorAttempts + 1, mirrorReportedAt);
    }

    /** Reports may come late; only the newest says how things are. */
    Stored reported(Instant at) {
        return mirrorReportedAt != null && mirrorReportedAt.isAfter(at)
                ? this
                : new Stored(recording, dueAt, mirrorAttempts, at);
    }
}
