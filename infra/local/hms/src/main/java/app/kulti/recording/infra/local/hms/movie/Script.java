package app.kulti.recording.infra.local.hms.movie;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a movie shows and how long it is.
 *
 * @param title   stands large in the picture
 * @param caption stands small in the picture, e.g. the recording's id
 * @param began   when the recorded time began; the picture's clock starts there
 * @param seconds how long the movie plays, at least 1
 * @param bytes   exact size of the file, or null for as large as the movie is
 */
public record Script(String title, String caption, Instant began, int seconds, @Nullable Long bytes) {

    /** Room for any head: below this a file of exact size might not hold its own movie. */
    public static final long LEAST_BYTES = 1 << 20;

    public Script {
        if (seconds < 1) {
            throw new IllegalArgumentException("a movie lasts at least 1 second, not " + seconds);
        }
        if (bytes != null && bytes < LEAST_BYTES) {
            throw new IllegalArgumentException("bytes must be at least " + LEAST_BYTES + ", but is " + bytes);
        }
    }
}
