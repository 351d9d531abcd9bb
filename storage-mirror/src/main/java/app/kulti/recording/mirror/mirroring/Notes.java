package app.kulti.recording.mirror.mirroring;

import app.kulti.recording.mirror.mirroring.plan.CopyPlan;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down how far a copy is, so often that whoever has to take it up reads no more of the source again than the
 * parts that can be on their way at a time: a part counts as on its way until it has been noted.
 */
final class Notes {
    private static final Logger log = LoggerFactory.getLogger(Notes.class);

    private final CopyOrder order;
    private final CopyTools tools;
    private final CopyPlan plan;
    private final WalkInTurn walk;
    private final Semaphore turns;
    private final int enough;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private int unnoted;
    private int writers;

    /** Of a copy with so many threads that store parts. */
    Notes(CopyOrder order, CopyTools tools, CopyPlan plan, WalkInTurn walk, int writers) {
        this.order = order;
        this.tools = tools;
        this.plan = plan;
        this.walk = walk;
        this.writers = writers;
        var settings = tools.settings();
        turns = new Semaphore(settings.partsInFlight());
        // A note names all parts of the film, so none is written for a single one; as many again may be stored meanwhile.
        enough = Math.ceilDiv(settings.partsInFlight() - settings.ranges(), 2);
    }

    /** Waits until one more part may be begun; {@link #stored} or {@link #spareTurn} must follow. */
    void awaitTurn() throws InterruptedException {
        turns.acquire();
    }

    /** There was no part left to begin. */
    void spareTurn() {
        turns.release();
    }

    /** A part has been stored, and is to be noted. */
    void stored() {
        changed(1, 0);
    }

    /** One of the threads that store parts has come to its end. */
    void writerEnded() {
        changed(0, 1);
    }

    private void changed(int stored, int ended) {
        lock.lock();
        try {
            unnoted += stored;
            writers -= ended;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Notes again and again, until nobody stores parts any more. */
    void keep() throws InterruptedException, CannotCopy, PlanVoid, Patience.Exhausted {
        var count = 0;
        do {
            save();
            turns.release(count);
            count = awaitEnough();
        } while (count > 0);
    }

    /** Parts that are to be noted now; 0 at the end, when whoever ends the copy notes the rest. */
    private int awaitEnough() throws InterruptedException {
        lock.lock();
        try {
            var every = tools.settings().notesEvery().toNanos();
            var left = every;
            while (writers > 0 && unnoted < enough && (left > 0 || unnoted == 0)) {
                left = news.awaitNanos(left > 0 ? left : every);
            }
            var count = writers > 0 ? unnoted : 0;
            unnoted -= count;
            return count;
        } finally {
            lock.unlock();
        }
    }

    private void save() throws InterruptedException, CannotCopy, PlanVoid, Patience.Exhausted {
        tools.patience().with(() -> {
            tools.plans().save(order.recordingId(), walk.noted(plan));
            return plan;
        });
    }

    /** Once more, at a copy's early end; that nothing of it is kept must not hide why it ended. */
    void keepAtTheEnd() {
        try {
            tools.plans().save(order.recordingId(), walk.noted(plan));
        } catch (Trouble | CannotCopy e) {
            log.warn("How far {} is could not be noted: {}", order.objectKey(), e.getMessage());
        }
    }
}
