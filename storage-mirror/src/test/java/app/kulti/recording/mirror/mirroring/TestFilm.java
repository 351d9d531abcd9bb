package app.kulti.recording.mirror.mirroring;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * A file of any length whose bytes follow from its seed, so that nobody has to keep them: boxes at both ends, noise
 * between.
 *
 * @param last the type of the last box
 */
public record TestFilm(long size, long seed, String last) {
    private static final int BLOCK = 1 << 20;
    private static final int HEAD = 24 + 16;
    private static final int TAIL = 16;

    /** A proper one, of at least a few bytes. */
    public static TestFilm of(long size, long seed) {
        return new TestFilm(size, seed, "moov");
    }

    /** One that no player can open. */
    public static TestFilm withoutMoov(long size) {
        return new TestFilm(size, 3, "free");
    }

    public String etag() {
        return "\"%x-%x\"".formatted(size, seed);
    }

    /** Writes some of its bytes. */
    public void write(OutputStream out, long from, long count) throws IOException {
        var block = new byte[BLOCK];
        for (var number = from / BLOCK; number * BLOCK < from + count; number++) {
            var begins = number * BLOCK;
            fill(block, number);
            var start = (int) Math.max(0, from - begins);
            var end = (int) Math.min(BLOCK, from + count - begins);
            out.write(block, start, end - start);
        }
    }

    private void fill(byte[] block, long number) {
        new SplittableRandom(seed * 31 + number).nextBytes(block);
        var begins = number * BLOCK;
        put(block, begins, 0, head());
        put(block, begins, size - TAIL, tail());
    }

    private static void put(byte[] block, long begins, long at, byte[] bytes) {
        for (var i = 0; i < bytes.length; i++) {
            var index = at + i - begins;
            if (index >= 0 && index < block.length) {
                block[(int) index] = bytes[i];
            }
        }
    }

    private byte[] head() {
        return ByteBuffer.allocate(HEAD).putInt(24).put(ascii("ftypisom")).putInt(512).put(ascii("isommp41"))
                .putInt(1).put(ascii("mdat")).putLong(size - 24 - TAIL).array();
    }

    private byte[] tail() {
        return ByteBuffer.allocate(TAIL).putInt(TAIL).put(ascii(last)).putLong(seed).array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    public String sha256() {
        try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"))) {
            write(out, 0, size);
            return HexFormat.of().formatHex(out.getMessageDigest().digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public String crc32c() {
        try (var out = new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32C())) {
            write(out, 0, size);
            return HexFormat.of().toHexDigits((int) out.getChecksum().getValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
