package app.kulti.recording.mirror.mirroring.plan;

import java.util.HexFormat;

/**
 * The CRC-32C of a run of bytes. That of a whole follows from those of its parts without reading a byte again, so that
 * parts may be read side by side, by different workers, on different days.
 *
 * @param value  as {@link java.util.zip.CRC32C} gives it
 * @param length bytes that it was taken over
 * @see <a href="https://github.com/madler/zlib/blob/v1.3.1/crc32.c">crc32_combine in zlib</a>, whose method this is
 */
public record Crc32cSum(int value, long length) {
    /** Castagnoli's polynomial, lowest power in the highest bit, x to the 32nd left out. */
    private static final int POLYNOMIAL = 0x82F63B78;
    private static final int ONE = 1 << 31;
    private static final int X_TO_THE_8TH = 1 << 23;

    /** Of no bytes at all. */
    public static final Crc32cSum EMPTY = new Crc32cSum(0, 0);

    /** The sum of these bytes with those of {@code next} behind them. */
    public Crc32cSum then(Crc32cSum next) {
        return new Crc32cSum(times(x8ToThe(next.length), value) ^ next.value, length + next.length);
    }

    /** Eight hex digits. */
    public String hex() {
        return HexFormat.of().toHexDigits(value);
    }

    /** x to the 8n-th: what n zero bytes behind a message do to its sum. */
    private static int x8ToThe(long n) {
        var power = ONE;
        var square = X_TO_THE_8TH;
        for (var rest = n; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                power = times(square, power);
            }
            square = times(square, square);
        }
        return power;
    }

    /** a times b modulo the polynomial, over the field of two elements. */
    private static int times(int a, int b) {
        var product = 0;
        var shifted = b;
        for (var bit = ONE; bit != 0; bit >>>= 1) {
            if ((a & bit) != 0) {
                product ^= shifted;
            }
            shifted = (shifted & 1) != 0 ? (shifted >>> 1) ^ POLYNOMIAL : shifted >>> 1;
        }
        return product;
    }
}
