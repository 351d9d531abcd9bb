package app.kulti.recording.gateway.query;

import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.gateway.access.Caller;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Recordings of the sessions that the caller hosts or takes part in, and no others. */
public interface Recordings {
    /** Newest first. */
    Mono<Page> list(Caller caller, Wanted wanted);

    /** Empty when there is no such recording, or not for this caller. */
    Mono<Recording> byId(Caller caller, RecordingId id);

    /** What the session records right now; empty when it records nothing, or not for this caller. */
    Mono<Recording> active(Caller caller, SessionId session);

    /**
     * Which recordings.
     *
     * @param limit       at most that many
     * @param offset      after that many
     * @param status      of that status only
     * @param session     of that session only
     * @param notKeptFrom only those from before that time that are subject to retention
     */
    record Wanted(int limit, long offset, @Nullable RecordingStatus status, @Nullable SessionId session,
            @Nullable Instant notKeptFrom) {}

    /**
     * Some of them.
     *
     * @param total how many there are in all
     */
    record Page(List<Recording> recordings, long total) {
        public Page {
            recordings = List.copyOf(recordings);
        }
    }
}
