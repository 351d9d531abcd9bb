package app.kulti.recording.mirror.mirroring;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The memory of all copies together, in blocks that are made once and used again. A part waits until there is room for
 * the whole of it, so that parts never hold what others of them wait for.
 *
 * <p>Slow copies do not hold up quick ones: a film that holds nothing comes first, and no film gets room for a second
 * part while that would leave too little for a first part of each of the others that there may be.
 */
public final class PartBuffers {
    /** Small enough that no garbage collector takes it for a giant. */
    static final int BLOCK = 256 << 10;

    private final int blocks;
    private final int films;
    private final int firstPart;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Request> waiting = new ArrayList<>();
    private final Queue<byte[]> pool = new ArrayDeque<>();
    private int free;
    private int holders;

    /**
     * Room for parts.
     *
     * @param bytes     in all, rounded down to whole blocks of 256 KiB
     * @param films     how many may be copied at a time
     * @param firstPart bytes that are kept for each of them
     */
    public PartBuffers(long bytes, int films, long firstPart) {
        blocks = Math.toIntExact(bytes / BLOCK);
        free = blocks;
        this.films = films;
        this.firstPart = blocksFor(firstPart);
    }

    /** Bytes in use. */
    public long inUse() {
        lock.lock();
        try {
            return (long) (blocks - free) * BLOCK;
        } finally {
            lock.unlock();
        }
    }

    /** One film's claim to room; holds nothing yet. */
    Share share() {
        return new Share();
    }

    private static int blocksFor(long bytes) {
        return Math.toIntExact(Math.ceilDiv(bytes, BLOCK));
    }

    /** What one film holds. */
    final class Share {
        private int held;

        /** Room for a part of up to {@code bytes}, which must be no more than there is in all; waits until it is free. */
        PartBuffer take(long bytes) throws InterruptedException {
            var wanted = blocksFor(bytes);
            if (wanted > blocks) {
                throw new IllegalArgumentException(
                        "a part of %d bytes does not fit into %d blocks".formatted(bytes, blocks));
            }
            return new PartBuffer(taken(new Request(this, wanted, lock.newCondition())), this::giveBack);
        }

        private void giveBack(byte[][] blocksOfPart) {
            lock.lock();
            try {
                pool.addAll(List.of(blocksOfPart));
                release(blocksOfPart.length);
                grant();
            } finally {
                lock.unlock();
            }
        }

        private void acquire(int count) {
            holders += held == 0 ? 1 : 0;
            held += count;
            free -= count;
        }

        private void release(int count) {
            held -= count;
            free += count;
            holders -= held == 0 ? 1 : 0;
        }

        private boolean holdsNothing() {
            return held == 0;
        }
    }

    private byte[][] taken(Request request) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            waiting.add(request);
            grant();
            try {
                request.awaitGrant();
            } catch (InterruptedException e) {
                if (request.granted) {
                    request.share.release(request.wanted);
                } else {
                    waiting.remove(request);
                }
                grant();
                throw e;
            }
            var taken = new byte[request.wanted][];
            for (var i = 0; i < taken.length; i++) {
                var block = pool.poll();
                taken[i] = block == null ? new byte[BLOCK] : block;
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** In the order in which they came, those that hold nothing first; nobody overtakes one that has to wait. */
    private void grant() {
        if (grantWhile(true, 0)) {
            grantWhile(false, (films - holders) * firstPart);
        }
    }

    /** Whether all of that kind got what they want. */
    private boolean grantWhile(boolean holdingNothing, int left) {
        for (var request : List.copyOf(waiting)) {
            if (request.share.holdsNothing() == holdingNothing) {
                if (free - request.wanted < Math.max(0, left)) {
                    return false;
                }
                waiting.remove(request);
                request.grant();
            }
        }
        return true;
    }

    /** Guarded by the lock. */
    private static final class Request {
        private final Share share;
        private final int wanted;
        private final Condition turn;
        private boolean granted;

        Request(Share share, int wanted, Condition turn) {
            this.share = share;
            this.wanted = wanted;
            this.turn = turn;
        }

        void grant() {
            share.acquire(wanted);
            granted = true;
            turn.signal();
        }

        void awaitGrant() throws InterruptedException {
            while (!granted) {
                turn.await();
            }
        }
    }
}
