package app.kulti.recording.gateway.live;

import app.kulti.recording.events.ids.RecordingId;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/** The newest revision of each recording that this copy of the gateway has heard of lately. */
final class Revisions {
    private final Cache<RecordingId, Long> newest;

    /**
     * None yet.
     *
     * @param limit of recordings; the ones that nothing was heard of for longest are forgotten first
     */
    Revisions(int limit) {
        // On the thread that writes: there is little to clean up, and no pool of others to do it in.
        newest = Caffeine.newBuilder().maximumSize(limit).executor(Runnable::run).build();
    }

    void heardOf(LiveRecording recording) {
        newest.asMap().merge(recording.id(), recording.revision(), Math::max);
    }

    /** Whether something newer of the same recording is known. */
    boolean isOutdated(LiveRecording recording) {
        var known = newest.getIfPresent(recording.id());
        return known != null && recording.revision() < known;
    }
}
