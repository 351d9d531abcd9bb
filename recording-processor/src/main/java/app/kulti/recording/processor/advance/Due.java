package app.kulti.recording.processor.advance;

import app.kulti.recording.processor.recording.Recording;
import app.kulti.recording.processor.recording.Tombstone;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When the schedule takes up what nobody reported any more. */
public final class Due {
    /** How long a call that is made at once may take before another copy may believe that its maker is gone. */
    public static final Duration CALL = Duration.ofSeconds(8);
    /** How long after its last possible call a start that nobody saw again is given up. */
    public static final Duration START_GIVEN_UP = Duration.ofSeconds(60);
    /** How long the mirror may say nothing. */
    public static final Duration MIRROR = Duration.ofMinutes(5);

    /** How long 100ms keeps a file, and a day of grace. */
    public static final Duration SOURCE = Duration.ofDays(16);

    /** How long a recording may run before 100ms is asked whether it still does. */
    public static final Duration RECORDING = Duration.ofMinutes(15);

    private static final Duration STOP = Duration.ofSeconds(10);
    private static final Duration SHORTEST_PROCESSING = Duration.ofMinutes(1);
    private static final Duration LONGEST_PROCESSING = Duration.ofHours(1);
    private static final Duration LONGEST_MIRROR = Duration.ofHours(6);
    private static final int MOST_DOUBLINGS = 10;

    private Due() {}

    /** When to look at {@code stored} next, seen from {@code now}; null when there is nothing to wait for. */
    public static @Nullable Instant of(Stored stored, Instant now) {
        var recording = stored.recording();
        return switch (recording.status()) {
            case RECORDING -> now.plus(recording.isStopDue() ? STOP : RECORDING);
            case PROCESSING -> recording.facts().names().job() == null && isGone(recording, now)
                    ? null
                    : now.plus(processing(recording, now));
            case COMPLETED -> switch (recording.mirror()) {
                case WANTED, COPYING -> isGone(recording, now) ? null : now.plus(mirror(stored.mirrorAttempts()));
                // Taken over from the app: completed, with a film that only 100ms knows.
                case NONE -> stored.dueAt() == null || isGone(recording, now) ? null : takenOver(now);
                case VERIFIED, REFUSED -> null;
            };
            case FAILED -> null;
        };
    }

    /** When to look again for the film of one that is taken over, should 100ms not show it at once. */
    static Instant takenOver(Instant now) {
        return now.plus(LONGEST_MIRROR);
    }

    /** There is nothing to copy any more. */
    private static boolean isGone(Recording recording, Instant now) {
        var ended = recording.endedAt() == null ? recording.startedAt() : recording.endedAt();
        return ended != null && now.isAfter(ended.plus(SOURCE));
    }

    /** When to look at a tombstone next; null when all of it is gone. */
    public static @Nullable Instant of(Tombstone tombstone, Instant now) {
        var stops = tombstone.wasActive() && tombstone.stoppedAt() == null;
        return tombstone.removedAt() != null && !stops ? null : now.plus(mirror(tombstone.announcements() - 1));
    }

    /** The longer it has been ended, the longer the pause. */
    private static Duration processing(Recording recording, Instant now) {
        var ended = recording.endedAt();
        var half = ended == null ? SHORTEST_PROCESSING : Duration.between(ended, now).dividedBy(2);
        return within(SHORTEST_PROCESSING, half, LONGEST_PROCESSING);
    }

    private static Duration mirror(int attempts) {
        return within(MIRROR, MIRROR.multipliedBy(1L << Math.clamp(attempts, 0, MOST_DOUBLINGS)), LONGEST_MIRROR);
    }

    private static Duration within(Duration least, Duration wanted, Duration most) {
        return wanted.compareTo(least) < 0 ? least : wanted.compareTo(most) > 0 ? most : wanted;
    }
}
