package app.kulti.recording.gateway.playback;

import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.gateway.access.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Recordings, as far as playing them goes. */
public interface PlayableRecordings {
    /** Empty when there is no such recording, or not for this caller. */
    Mono<Playable> playable(Caller caller, RecordingId recording);

    /**
     * A recording that the caller may watch, if it can be watched.
     *
     * @param title          the session's
     * @param refusedBecause why its file was refused as no film that could be kept, when it was
     */
    record Playable(RecordingId id, SessionId session, RecordingStatus status, @Nullable String title,
            Instant createdAt, RecordingFile file, @Nullable String refusedBecause) {}
}
