package app.kulti.recording.mirror.mirroring.plan;

/**
 * Some of a file's bytes.
 *
 * @param from   the first one, counted from 0
 * @param length how many, at least one
 */
public record ByteRange(long from, long length) {
    /** The first byte behind it. */
    public long end() {
        return from + length;
    }

    /** In HTTP's own words (RFC 9110, section 14.2). */
    public String asHeader() {
        return "bytes=" + from + "-" + (end() - 1);
    }
}
