package app.kulti.recording.gateway.playback;

import app.kulti.recording.events.SignedUrl;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a recording's film is.
 *
 * @param objectKey       in our bucket, once its copy is verified
 * @param source          100ms's URL, as long as it is the newest one known
 * @param sourceExpiresAt when {@code source} stops working; absent when 100ms did not say
 * @param length          of the film
 */
public record RecordingFile(@Nullable String objectKey, @Nullable SignedUrl source, @Nullable Instant sourceExpiresAt,
        @Nullable Duration length) {
    /** A link that ends while the player opens it is none. */
    private static final Duration LEAST_LIFE = Duration.ofSeconds(30);

    /** Whether {@code source} works for a while longer, as far as one knows. */
    boolean hasLivingSource(Instant now) {
        return source != null && (sourceExpiresAt == null || sourceExpiresAt.isAfter(now.plus(LEAST_LIFE)));
    }
}
