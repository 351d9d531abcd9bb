package app.kulti.recording.mirror.source;

import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * What a source says of the part that it sends (RFC 9110, section 14.4).
 *
 * @param from  the first byte
 * @param last  the last byte
 * @param total bytes of the whole; empty when it does not say
 */
record ContentRange(long from, long last, OptionalLong total) {
    private static final Pattern FORM = Pattern.compile("bytes (?:(\\d{1,18})-(\\d{1,18})|\\*)/(?:(\\d{1,18})|\\*)");

    /** Of this answer; null when it has none that can be understood. */
    static @Nullable ContentRange of(HttpResponse response) {
        var header = response.getFirstHeader(HttpHeaders.CONTENT_RANGE);
        var form = FORM.matcher(header == null ? "" : header.getValue().strip());
        if (!form.matches() || form.group(1) == null) {
            return null;
        }
        return new ContentRange(Long.parseLong(form.group(1)), Long.parseLong(form.group(2)), number(form.group(3)));
    }

    /** Bytes of the whole, also where no part is sent. */
    static OptionalLong totalOf(HttpResponse response) {
        var header = response.getFirstHeader(HttpHeaders.CONTENT_RANGE);
        var form = FORM.matcher(header == null ? "" : header.getValue().strip());
        return form.matches() ? number(form.group(3)) : OptionalLong.empty();
    }

    private static OptionalLong number(@Nullable String digits) {
        return digits == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(digits));
    }
}
