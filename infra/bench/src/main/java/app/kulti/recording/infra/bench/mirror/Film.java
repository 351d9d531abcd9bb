package app.kulti.recording.infra.bench.mirror;

/**
 * A file that nobody has to keep: its bytes follow from its number.
 *
 * @param line  how it is sent
 * @param bytes how long it is
 * @param number different files of one length differ
 */
record Film(Line line, long bytes, int number) {
    static final long MIB = 1L << 20;

    /** How a source sends. */
    enum Line {
        /** As fast as it is read, in ranges if wanted. */
        FAST,
        /** The same at 10 MB/s for each connection, the first byte after 50 ms. */
        THROTTLED,
        /** Its first half as if that were all, without a length. */
        SHORT,
        /** A web page in its place. */
        PAGE,
        /** Its length is promised, its first half comes. */
        CUT
    }

    static Film fast(long bytes, int number) {
        return new Film(Line.FAST, bytes, number);
    }

    /** Where it lies on the source; those of one line and length lie in one folder. */
    String path() {
        return folder() + name();
    }

    String folder() {
        return "/%s/%d/".formatted(line.name(), bytes);
    }

    String name() {
        return number + ".mp4";
    }

    String etag() {
        return "\"%d-%d\"".formatted(bytes, number);
    }
}
