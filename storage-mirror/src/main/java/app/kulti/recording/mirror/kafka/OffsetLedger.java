package app.kulti.recording.mirror.kafka;

import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Which records of one partition are done, when they are done in any order. What may be committed is the offset before
 * which nothing is left undone.
 */
final class OffsetLedger {
    private final TreeSet<Long> undone = new TreeSet<>();
    private long next = -1;
    private long committed = -1;

    synchronized void begin(long offset) {
        undone.add(offset);
        next = offset + 1;
    }

    synchronized void done(long offset) {
        undone.remove(offset);
    }

    /** How many are under way. */
    synchronized int undone() {
        return undone.size();
    }

    /** The position to commit, if it has moved since {@link #committed}. */
    synchronized OptionalLong toCommit() {
        var position = undone.isEmpty() ? next : undone.first();
        return position > committed ? OptionalLong.of(position) : OptionalLong.empty();
    }

    synchronized void committed(long position) {
        committed = Math.max(committed, position);
    }
}
