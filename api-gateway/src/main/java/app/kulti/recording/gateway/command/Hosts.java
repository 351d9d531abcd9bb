package app.kulti.recording.gateway.command;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.gateway.access.Caller;
import app.kulti.recording.gateway.failure.Problem;
import app.kulti.recording.gateway.failure.ProblemType;
import reactor.core.publisher.Mono;

/**
 * The quick no, before a command is published: 404 for whoever may not see it, 403 for whoever may but does not host it. The
 * processor judges again.
 */
final class Hosts {
    private final Sessions sessions;

    Hosts(Sessions sessions) {
        this.sessions = sessions;
    }

    Mono<Sessions.Seen> requireHost(Caller caller, SessionId session) {
        return sessions.seenBy(caller, session)
                .switchIfEmpty(Mono.error(() -> new Problem(ProblemType.SESSION_NOT_FOUND,
                        "There is no such session, or it is not visible to you.")))
                .doOnNext(seen -> requireHosted(seen.hosted()));
    }

    /** Deleted ones included, for who hosted them. */
    Mono<Sessions.SeenRecording> requireHost(Caller caller, RecordingId recording) {
        return sessions.seenBy(caller, recording)
                .filter(seen -> seen.hosted() || !seen.deleted())
                .switchIfEmpty(Mono.error(Problem::noSuchRecording))
                .doOnNext(seen -> requireHosted(seen.hosted()));
    }

    private static void requireHosted(boolean hosted) {
        if (!hosted) {
            throw Problem.notHost();
        }
    }
}
