package app.kulti.recording.processor.recording;

import app.kulti.recording.events.RecordingStatus;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long a recording may last and how long it stays. Its host is told before either ends: nothing is deleted less than a
 * week after somebody was told so, however old it is.
 *
 * @param longest   it is stopped when it has recorded for so long
 * @param retention it is deleted when it is so old, unless it is kept
 */
public record Lifetime(Duration longest, Duration retention) {
    /** How long before the stop its host is told. */
    public static final Duration LIMIT_NOTICE = Duration.ofMinutes(5);
    /** How long before the deletion its host is told. */
    public static final Duration EXPIRY_NOTICE = Duration.ofDays(7);
    /** How long it is known what happened to a deleted recording, and what became of an event that met none. */
    public static final Duration HISTORY_STAYS = Duration.ofDays(90);

    /** When what began then has lasted as long as it may. */
    public Instant limitOf(Instant begun) {
        return begun.plus(longest);
    }

    /** When what began then is deleted, should its host be told so {@code now}. */
    public Instant expiryOf(Instant begun, Instant now) {
        var due = begun.plus(retention);
        var earliest = now.plus(EXPIRY_NOTICE);
        return due.isAfter(earliest) ? due : earliest;
    }

    /** Whether its host is to be told that it will be stopped. */
    public boolean nearsLimit(Recording recording, Instant now) {
        return isRunning(recording) && isPast(limitOf(recording.startedAt(), now).minus(LIMIT_NOTICE), now);
    }

    /** Whether it is to be stopped. */
    public boolean isOverLimit(Recording recording, Instant now) {
        return isRunning(recording) && isPast(limitOf(recording.startedAt(), now), now);
    }

    /** What nobody knows the beginning of began some time ago, as the schedule that found it knew. */
    private Instant limitOf(@Nullable Instant begun, Instant now) {
        return begun == null ? now : limitOf(begun);
    }

    private static boolean isRunning(Recording recording) {
        return recording.status() == RecordingStatus.RECORDING && !recording.isStopDue();
    }

    /** Whether its host is to be told that it will be deleted. */
    public boolean nearsExpiry(Recording recording, Instant now) {
        return mayGo(recording) && !isPromised(recording)
                && isPast(dueOf(recording, now).minus(EXPIRY_NOTICE), now);
    }

    /** Whether it is to be deleted: it is old enough, and its host has known that for a week. */
    public boolean isExpired(Recording recording, Instant now) {
        var told = recording.expiresAt();
        return told != null && mayGo(recording) && isPromised(recording) && isPast(told, now);
    }

    private static boolean mayGo(Recording recording) {
        return !recording.kept() && recording.status() != RecordingStatus.RECORDING;
    }

    /** A date that was told under a shorter retention is no longer the one that holds. */
    private boolean isPromised(Recording recording) {
        var told = recording.expiresAt();
        var begun = recording.startedAt();
        return told != null && (begun == null || !told.isBefore(begun.plus(retention)));
    }

    private Instant dueOf(Recording recording, Instant now) {
        var begun = recording.startedAt();
        return begun == null ? now : begun.plus(retention);
    }

    private static boolean isPast(Instant due, Instant now) {
        return !now.isBefore(due);
    }
}
