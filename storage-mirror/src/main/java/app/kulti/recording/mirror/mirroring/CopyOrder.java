package app.kulti.recording.mirror.mirroring;

import app.kulti.recording.events.SignedUrl;
import app.kulti.recording.events.ids.RecordingId;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One file to copy.
 *
 * @param objectKey      where to
 * @param sourceIdentity what from
 * @param declaredSize   bytes that 100ms says it has
 * @param revision       of the newest state that asks for it
 * @param url            where to read it at this moment: a newer one may come while the copy runs
 * @param stopping       whether the copy shall end at the next part
 */
public record CopyOrder(RecordingId recordingId, String objectKey, String sourceIdentity, @Nullable Long declaredSize,
        LongSupplier revision, Supplier<@Nullable SignedUrl> url, BooleanSupplier stopping) {

    /** The newest URL. */
    SignedUrl currentUrl() throws CannotCopy {
        var current = url.get();
        if (current == null) {
            throw new CannotCopy(new Ending.SourceExpired());
        }
        return current;
    }
}
