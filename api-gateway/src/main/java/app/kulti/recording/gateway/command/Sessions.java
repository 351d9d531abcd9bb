package app.kulti.recording.gateway.command;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.gateway.access.Caller;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Who hosts what, as far as the caller may see it. */
public interface Sessions {
    /** Empty when there is no such session, or not for this caller. */
    Mono<Seen> seenBy(Caller caller, SessionId session);

    /**
     * The session that the recording belongs to, or belonged to before it was deleted; empty when there is none, or not for this
     * caller.
     */
    Mono<SeenRecording> seenBy(Caller caller, RecordingId recording);

    /**
     * A session.
     *
     * @param hosted whether the caller hosts it; never so for an anonymous sign-in
     * @param room   its 100ms room, once it has one
     */
    record Seen(boolean hosted, @Nullable RoomId room) {}

    /**
     * A recording's session.
     *
     * @param hosted  whether the caller hosts it
     * @param deleted there is only a tombstone left
     */
    record SeenRecording(SessionId session, boolean hosted, boolean deleted) {}
}
