package app.kulti.recording.mirror.mirroring.plan;

/**
 * How large the parts of an upload are: the preferred size while that gives at most 10,000 parts, larger when it does
 * not.
 *
 * @param preferred bytes of a part of a file of usual length
 * @param largest   bytes that a part may have; Cloudflare, before Supabase's custom domains, takes no request of 100 MB
 */
public record PartSize(long preferred, long largest) {
    /** S3 numbers parts from 1 to 10,000. */
    public static final int MOST_PARTS = 10_000;

    /** S3 takes no smaller part but the last. */
    public static final long SMALLEST = 5L << 20;

    /** The largest whole number of MiB below 100 MB. */
    public static final long LARGEST = 95L << 20;

    private static final long MIB = 1L << 20;

    /** Of a file of unknown length, so many parts of one size come before those of twice that size. */
    private static final int PARTS_OF_ONE_SIZE = 1_000;

    /** Checks that it can be kept. */
    public PartSize {
        if (preferred < SMALLEST || largest < preferred || largest > LARGEST) {
            throw new IllegalArgumentException(
                    "parts must have between %d and %d bytes, the preferred ones no more than %d"
                            .formatted(SMALLEST, LARGEST, largest));
        }
    }

    /** The longest file that fits into 10,000 parts, in bytes. */
    public long longestFile() {
        return largest * MOST_PARTS;
    }

    /** The longest file of which nobody says how long it is, in bytes. */
    public long longestOfUnknownLength() {
        var bytes = 0L;
        for (var number = 1; number <= MOST_PARTS; number += PARTS_OF_ONE_SIZE) {
            bytes += PARTS_OF_ONE_SIZE * ofUnknownLength(number);
        }
        return bytes;
    }

    /**
     * The size of a part where nobody says how long the file is: the preferred one at first, and twice as large after
     * every thousand parts, so that a file that turns out to be long still comes to an end before its parts do.
     */
    public long ofUnknownLength(int number) {
        var doublings = (number - 1) / PARTS_OF_ONE_SIZE;
        return Math.min(largest, preferred << doublings);
    }

    /**
     * The size of every part but the last.
     *
     * @param length bytes of the file, at most {@link #longestFile()}
     */
    public long of(long length) {
        var needed = Math.ceilDiv(length, MOST_PARTS);
        return needed <= preferred ? preferred : Math.min(largest, Math.ceilDiv(needed, MIB) * MIB);
    }
}
