package app.kulti.recording.processor.recording;

import app.kulti.recording.events.SignedUrl;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a file can be read for a while.
 *
 * @param assetId   the file it opens, as far as 100ms said
 * @param path      the same, by its place
 * @param address   the URL without its query
 * @param url       the URL itself; kept apart from everything else that is known, and absent where it must not be
 * @param expiresAt when it stops working; absent when 100ms did not say
 */
public record Link(@Nullable String assetId, @Nullable String path, String address, @Nullable SignedUrl url,
        @Nullable Instant expiresAt) {

    /** A link to the file of that asset, path, or else address. */
    public static Link to(@Nullable String assetId, @Nullable String path, SignedUrl url,
            @Nullable Instant expiresAt) {
        return new Link(assetId, path, url.toString(), url, expiresAt);
    }

    /** Whether it opens the file with these names; only one that names neither asset nor path is known by its address. */
    boolean opensOneOf(Set<String> names) {
        if (assetId == null && path == null) {
            return names.contains(address);
        }
        return (assetId != null && names.contains(assetId)) || (path != null && names.contains(path));
    }

    Link withUrl(@Nullable SignedUrl other) {
        return new Link(assetId, path, address, other, expiresAt);
    }
}
