package app.kulti.recording.gateway.playback;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Links to objects in our bucket. */
@FunctionalInterface
public interface ObjectLinks {
    /**
     * A link that reads the object as {@code video/mp4}. Nobody looks whether the object is there.
     *
     * @param validity    from now on
     * @param disposition {@code Content-Disposition} that the store is to answer with; null for the store's own
     */
    PlayLink to(String objectKey, Duration validity, @Nullable String disposition);
}
