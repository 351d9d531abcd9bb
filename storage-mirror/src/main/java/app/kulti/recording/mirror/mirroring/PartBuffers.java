package app.kulti.recording.mirror.mirroring;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * The memory of all copies together, in blocks that are made once and used again. A part waits until there is room for
 * the whole of it, so that parts never hold what others of them wait for.
 */
public final class PartBuffers {
    static final int BLOCK = 1 << 20;

    private final int blocks;
    private final Semaphore free;
    private final Queue<byte[]> pool = new ConcurrentLinkedQueue<>();

    /** So many bytes, rounded down to whole MiB. */
    public PartBuffers(long bytes) {
        blocks = Math.toIntExact(bytes / BLOCK);
        // Fair: a large part would otherwise wait for as long as small ones keep coming.
        free = new Semaphore(blocks, true);
    }

    /** Bytes in use. */
    public long inUse() {
        return (long) (blocks - free.availablePermits()) * BLOCK;
    }

    /** Room for a part of up to {@code bytes}, which must be no more than there is in all; waits until it is free. */
    PartBuffer take(long bytes) throws InterruptedException {
        var wanted = Math.toIntExact(Math.ceilDiv(bytes, BLOCK));
        if (wanted > blocks) {
            throw new IllegalArgumentException("a part of %d bytes does not fit into %d MiB".formatted(bytes, blocks));
        }
        free.acquire(wanted);
        var taken = new byte[wanted][];
        for (var i = 0; i < wanted; i++) {
            var block = pool.poll();
            taken[i] = block == null ? new byte[BLOCK] : block;
        }
        return new PartBuffer(taken, this::giveBack);
    }

    private void giveBack(byte[][] taken) {
        for (var block : taken) {
            pool.add(block);
        }
        free.release(taken.length);
    }
}
