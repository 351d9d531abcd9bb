package app.kulti.recording.gateway.live;

import app.kulti.recording.events.ids.SessionId;
import reactor.core.publisher.Mono;

/** Who is to hear of a session's recordings. */
@FunctionalInterface
public interface Audiences {
    /** Host and participants as of now; nobody for a session that is gone. */
    Mono<Audience> of(SessionId session);
}
