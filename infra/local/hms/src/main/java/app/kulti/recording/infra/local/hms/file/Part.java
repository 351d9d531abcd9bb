package app.kulti.recording.infra.local.hms.file;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpRange;

/** What of a file a request is to get, as RFC 9110 and object storage have it. */
sealed interface Part {

    /** All of it, 200. */
    record Whole(long length) implements Part {}

    /** One range of it, 206. */
    record Range(long from, long length, long size) implements Part {
        String contentRange() {
            return "bytes %d-%d/%d".formatted(from, from + length - 1, size);
        }
    }

    /** A range outside of it, 416. */
    record Unsatisfiable(long size) implements Part {}

    /**
     * Decides.
     *
     * @param range        the header, or null
     * @param ifRange      the header, or null; anything but the etag or the very date means that the file has changed
     * @param lastModified as an HTTP date
     */
    static Part of(@Nullable String range, @Nullable String ifRange, long size, String etag, String lastModified) {
        if (range == null || (ifRange != null && !ifRange.equals(etag) && !ifRange.equals(lastModified))) {
            return new Whole(size);
        }
        List<HttpRange> ranges;
        try {
            ranges = HttpRange.parseRanges(range);
        } catch (IllegalArgumentException _) {
            return new Whole(size);
        }
        // Several ranges: object storage answers with the whole, too.
        return ranges.size() == 1 ? of(ranges.getFirst(), size) : new Whole(size);
    }

    private static Part of(HttpRange range, long size) {
        long from = range.getRangeStart(size);
        long to = range.getRangeEnd(size);
        return from >= size || to < from ? new Unsatisfiable(size) : new Range(from, to - from + 1, size);
    }
}
