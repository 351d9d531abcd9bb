package app.kulti.recording.mirror.mirroring.plan;

import app.kulti.recording.events.MirrorReport.RefusedBecause;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks along the outermost boxes of an MP4 file while its bytes go by in order. Only box headers are looked at,
 * wherever the parts cut them; what is between is not touched. At the end it tells whether a player could open the
 * file: {@code ftyp} first, a {@code moov} somewhere, and box sizes that add up to the length.
 *
 * <p>Not safe for use by several threads.
 *
 * @see <a href="https://www.iso.org/standard/83102.html">ISO/IEC 14496-12, section 4.2</a>
 */
public final class Mp4Walk {
    private static final int SHORT_HEADER = 8;
    private static final int LONG_HEADER = 16;
    /** "To the end of the file", which only the last box may say. */
    private static final long OPEN_END = Long.MAX_VALUE;

    private final byte[] header = new byte[LONG_HEADER];
    private int gathered;
    private long seen;
    private long nextBox;
    private boolean moov;
    private @Nullable Flaw flaw;

    /**
     * Where a walk stands, so that another worker can go on with it.
     *
     * @param seen    bytes that have gone by
     * @param nextBox where the next header begins
     * @param header  what was gathered of it so far, in hex
     * @param moov    whether the {@code moov} box has come
     */
    public record Position(long seen, long nextBox, String header, boolean moov) {
        /** Nothing has been looked at. */
        public static final Position START = new Position(0, 0, "", false);
    }

    /** A walk that goes on from {@code position}. */
    public Mp4Walk(Position position) {
        seen = position.seen();
        nextBox = position.nextBox();
        moov = position.moov();
        var bytes = HexFormat.of().parseHex(position.header());
        gathered = bytes.length;
        System.arraycopy(bytes, 0, header, 0, gathered);
    }

    /** Where it stands now. */
    public Position position() {
        return new Position(seen, nextBox, HexFormat.of().formatHex(header, 0, gathered), moov);
    }

    /** Bytes that have gone by. */
    public long seen() {
        return seen;
    }

    /** The bytes that follow on those seen so far; after a flaw there is nothing more to learn. */
    public void pass(byte[] bytes, int offset, int count) {
        var end = seen + count;
        while (flaw == null && nextBox != OPEN_END && nextBox + gathered < end) {
            var wanted = (int) Math.min(headerLength() - gathered, end - nextBox - gathered);
            System.arraycopy(bytes, offset + (int) (nextBox + gathered - seen), header, gathered, wanted);
            gathered += wanted;
            if (gathered == headerLength()) {
                enterBox();
            }
        }
        seen = end;
    }

    /** What is wrong with what has gone by. */
    public Optional<Flaw> flaw() {
        return Optional.ofNullable(flaw);
    }

    /** What is wrong with the whole, now that all of its bytes have gone by. */
    public Optional<Flaw> flawOfTheWhole() {
        if (flaw != null) {
            return Optional.of(flaw);
        }
        if (gathered > 0) {
            return Optional.of(new Flaw(RefusedBecause.CUT_SHORT, "the file ends within a box's header"));
        }
        if (nextBox != OPEN_END && nextBox > seen) {
            return Optional.of(new Flaw(RefusedBecause.CUT_SHORT,
                    "the last box goes on for %d bytes after the end of the file".formatted(nextBox - seen)));
        }
        return moov
                ? Optional.empty()
                : Optional.of(new Flaw(RefusedBecause.NO_MOOV, "the file has no moov box"));
    }

    private int headerLength() {
        // Size 1 says that the real one stands in the eight bytes behind the type.
        return gathered >= 4 && ByteBuffer.wrap(header).getInt(0) == 1 ? LONG_HEADER : SHORT_HEADER;
    }

    private void enterBox() {
        var fields = ByteBuffer.wrap(header);
        var length = headerLength();
        var size = length == LONG_HEADER ? fields.getLong(SHORT_HEADER) : Integer.toUnsignedLong(fields.getInt(0));
        var type = new String(header, 4, 4, StandardCharsets.ISO_8859_1);
        if (nextBox == 0 && !type.equals("ftyp")) {
            flaw = new Flaw(RefusedBecause.NOT_MP4, "the first box is not ftyp");
        } else if (!isType(Arrays.copyOfRange(header, 4, 8))) {
            flaw = new Flaw(RefusedBecause.NOT_MP4, "there is no box at byte " + nextBox);
        } else if (size == 0) {
            nextBox = OPEN_END;
        } else if (size < length || nextBox + size < nextBox) {
            flaw = new Flaw(RefusedBecause.NOT_MP4, "the %s box at byte %d has the size %d".formatted(type, nextBox,
                    size));
        } else {
            nextBox += size;
        }
        moov |= type.equals("moov");
        gathered = 0;
    }

    /** Printable, but for the copyright sign with which QuickTime's own types begin. */
    private static boolean isType(byte[] type) {
        for (var character : type) {
            if ((character < 0x20 || character > 0x7e) && character != (byte) 0xa9) {
                return false;
            }
        }
        return true;
    }
}
