package app.kulti.recording.infra.local.hms.movie;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * Bytes that can be had from any place on: a random block, the same on every machine, repeated without end. Its length
 * is a prime, so that parts of any size used in practice begin at different places of it, and mixed-up parts show.
 */
public final class Padding {
    /** Length of the block that repeats. */
    public static final int PERIOD = 1_048_573;

    private static final ByteBuffer BLOCK = block();

    private Padding() {}

    private static ByteBuffer block() {
        byte[] bytes = new byte[PERIOD];
        new SplittableRandom(100).nextBytes(bytes);
        // Direct, since every socket reads from it without a copy.
        return ByteBuffer.allocateDirect(PERIOD).put(bytes).flip().asReadOnlyBuffer();
    }

    /**
     * A view of the bytes from a place on, without copying.
     *
     * @param seed of the file
     * @param from the first byte's distance from the file's first padded byte
     * @param most number of bytes wanted
     * @return at least one byte, at most {@code most}; fewer where the block ends
     */
    public static ByteBuffer slice(int seed, long from, int most) {
        int at = (int) ((seed + from) % PERIOD);
        return BLOCK.slice(at, Math.min(most, PERIOD - at));
    }
}
