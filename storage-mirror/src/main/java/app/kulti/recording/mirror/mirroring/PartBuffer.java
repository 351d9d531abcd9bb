package app.kulti.recording.mirror.mirroring;

import app.kulti.recording.mirror.mirroring.plan.Mp4Walk;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One part on its way through, with its sums taken while it is filled. Used by one thread at a time; closing it gives
 * its memory back.
 */
public final class PartBuffer implements AutoCloseable {
    private final byte[][] blocks;
    private final Consumer<byte[][]> giveBack;
    private final MessageDigest md5 = md5Digest();
    private final CRC32C crc32c = new CRC32C();
    private long size;
    private @Nullable String md5Hex;
    private boolean closed;

    PartBuffer(byte[][] blocks, Consumer<byte[][]> giveBack) {
        this.blocks = blocks;
        this.giveBack = giveBack;
    }

    /** Bytes in it. */
    public long size() {
        return size;
    }

    /** Puts what comes behind what is there, until there are {@code wanted} bytes or no more come. */
    void fill(Source.Slice slice, long wanted) throws Trouble {
        while (size < wanted) {
            var block = blocks[(int) (size / PartBuffers.BLOCK)];
            var offset = (int) (size % PartBuffers.BLOCK);
            var read = slice.read(block, offset, (int) Math.min(block.length - offset, wanted - size));
            if (read < 0) {
                return;
            }
            md5.update(block, offset, read);
            crc32c.update(block, offset, read);
            size += read;
        }
    }

    /** Begins again. */
    void clear() {
        size = 0;
        md5Hex = null;
        md5.reset();
        crc32c.reset();
    }

    /** MD5 of what is in it, in hex; nothing may be filled in after that. */
    String md5() {
        if (md5Hex == null) {
            md5Hex = HexFormat.of().formatHex(md5.digest());
        }
        return md5Hex;
    }

    int crc32c() {
        return (int) crc32c.getValue();
    }

    /** Its first block, for a look at the first bytes. */
    byte[] firstBlock() {
        return blocks[0];
    }

    void pass(Mp4Walk walk) {
        for (var passed = 0L; passed < size; passed += PartBuffers.BLOCK) {
            walk.pass(blocks[(int) (passed / PartBuffers.BLOCK)], 0, (int) Math.min(PartBuffers.BLOCK, size - passed));
        }
    }

    /** Writes what is in it; as often as somebody likes. */
    public void writeTo(OutputStream out) throws IOException {
        for (var written = 0L; written < size; written += PartBuffers.BLOCK) {
            out.write(blocks[(int) (written / PartBuffers.BLOCK)], 0,
                    (int) Math.min(PartBuffers.BLOCK, size - written));
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            giveBack.accept(blocks);
        }
    }

    private static MessageDigest md5Digest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
