package app.kulti.recording.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A finished file as 100ms offers it.
 *
 * @param assetId         100ms's id of the file; the product spec's simple webhooks have none
 * @param path            where it lies in 100ms's own storage ({@code s3://…}); the simple webhooks have none
 * @param url             where to read it until {@code urlExpiresAt}; absent until somebody asked 100ms for one
 * @param urlExpiresAt    when {@code url} stops working; absent when 100ms did not say
 * @param size            declared bytes
 * @param durationSeconds length of the film
 * @param resolution      {@code 1280x720}
 * @param format          {@code mp4}
 */
public record RecordingSource(@Nullable String assetId, @Nullable String path, @Nullable SignedUrl url,
        @Nullable Instant urlExpiresAt, @Nullable Long size, @Nullable Long durationSeconds,
        @Nullable String resolution, @Nullable String format) {

    /** What a copy of this file is a copy of: the asset id, else the path, else the URL without its query. */
    public String identity() {
        if (assetId != null) {
            return assetId;
        }
        if (path != null) {
            return path;
        }
        return url == null ? "unknown" : url.toString();
    }
}
