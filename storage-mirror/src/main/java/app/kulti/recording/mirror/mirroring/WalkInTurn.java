package app.kulti.recording.mirror.mirroring;

import app.kulti.recording.mirror.mirroring.plan.ByteRange;
import app.kulti.recording.mirror.mirroring.plan.CopyPlan;
import app.kulti.recording.mirror.mirroring.plan.Flaw;
import app.kulti.recording.mirror.mirroring.plan.Mp4Walk;
import app.kulti.recording.mirror.mirroring.plan.StoredPart;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is known of a copy whose parts come in any order, while its boxes are looked at in order. A part waits here, its
 * bytes still at hand, until those before it have been looked at; they were begun earlier, so the wait is short.
 */
final class WalkInTurn {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final SortedMap<Integer, StoredPart> stored;
    private final Mp4Walk walk;

    /** Goes on from a plan; a new one has nothing noted. */
    WalkInTurn(SortedMap<Integer, StoredPart> stored, Mp4Walk.Position position) {
        this.stored = stored;
        walk = new Mp4Walk(position);
    }

    /** Notes a part; throws when its bytes are those of no film. */
    void note(StoredPart part, ByteRange range, PartBuffer bytes) throws InterruptedException, CannotCopy {
        lock.lockInterruptibly();
        try {
            while (walk.seen() < range.from()) {
                moved.await();
            }
            // A part before that was looked at by the worker from whom this copy was taken over.
            if (walk.seen() == range.from()) {
                bytes.pass(walk);
                moved.signalAll();
            }
            stored.put(part.number(), part);
            var flaw = walk.flaw();
            if (flaw.isPresent()) {
                throw new CannotCopy(new Ending.Refused(flaw.get()));
            }
        } finally {
            lock.unlock();
        }
    }

    Optional<Flaw> flawOfTheWhole() {
        lock.lock();
        try {
            return walk.flawOfTheWhole();
        } finally {
            lock.unlock();
        }
    }

    /** The plan with all that has been noted. */
    CopyPlan noted(CopyPlan plan) {
        lock.lock();
        try {
            return plan.with(stored, walk.position());
        } finally {
            lock.unlock();
        }
    }
}
