package app.kulti.recording.gateway.playback;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides which link plays a film: our copy's, else 100ms's while it lasts. */
public final class PlayLinks {
    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofHours(12);

    private final ObjectLinks objects;
    private final InstantSource clock;

    public PlayLinks(ObjectLinks objects, InstantSource clock) {
        this.objects = objects;
        this.clock = clock;
    }

    /** A link to play, if there is one right now. */
    public Optional<PlayLink> to(RecordingFile file) {
        return to(file, null);
    }

    /**
     * The same.
     *
     * @param disposition see {@link ObjectLinks#to}; what 100ms's own storage answers with cannot be chosen
     */
    Optional<PlayLink> to(RecordingFile file, @Nullable String disposition) {
        var key = file.objectKey();
        if (key != null) {
            return Optional.of(objects.to(key, validity(file.length()), disposition));
        }
        var source = file.source();
        return source != null && file.hasLivingSource(clock.instant())
                ? Optional.of(new PlayLink(source, file.sourceExpiresAt()))
                : Optional.empty();
    }

    /** Twice the film, so that it can be watched with pauses. */
    static Duration validity(@Nullable Duration length) {
        if (length == null) {
            return SHORTEST;
        }
        var twice = length.multipliedBy(2);
        if (twice.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
    }
}
