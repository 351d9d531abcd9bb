package app.kulti.recording.infra.local.hms.beam;

import app.kulti.recording.infra.local.hms.movie.Script;
import org.jspecify.annotations.Nullable;

/**
 * What shall become of a recording; set over the control API before it starts.
 *
 * @param bytes   exact size of its file, at least {@link Script#LEAST_BYTES}; null for a real movie of its own size
 * @param seconds duration to claim and to film, instead of the time that really passed; or null
 * @param failure error type with which it shall fail after it stopped, e.g. {@code UPLOAD_ERROR}; or null
 */
public record Plan(@Nullable Long bytes, @Nullable Integer seconds, @Nullable String failure) {
    /** Nothing special. */
    public static final Plan NONE = new Plan(null, null, null);

    public Plan {
        if (bytes != null && bytes < Script.LEAST_BYTES) {
            throw new IllegalArgumentException("bytes must be at least " + Script.LEAST_BYTES + ", but is " + bytes);
        }
        if (seconds != null && (seconds < 1 || seconds > 43_200)) {
            throw new IllegalArgumentException("seconds must be from 1 to 43200, but is " + seconds);
        }
    }
}
