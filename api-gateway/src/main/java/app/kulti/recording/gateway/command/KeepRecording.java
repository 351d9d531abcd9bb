package app.kulti.recording.gateway.command;

import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingEvent.CommandAnswered;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.gateway.access.Caller;
import app.kulti.recording.gateway.failure.Problem;
import java.time.InstantSource;
import reactor.core.publisher.Mono;

/** A host exempts a recording from retention, or no more. */
public final class KeepRecording {
    /** Part of every command id: never to be changed. */
    static final String KEEP = "PUT /api/recordings/{id}/keep";
    static final String RELEASE = "DELETE /api/recordings/{id}/keep";

    private final Hosts hosts;
    private final Commands commands;
    private final InstantSource clock;

    public KeepRecording(Sessions sessions, Commands commands, InstantSource clock) {
        this.hosts = new Hosts(sessions);
        this.commands = commands;
        this.clock = clock;
    }

    Mono<CommandAnswered> keep(Caller caller, RecordingId recording, IdempotencyKey key) {
        return set(caller, recording, KEEP, key, true);
    }

    Mono<CommandAnswered> release(Caller caller, RecordingId recording, IdempotencyKey key) {
        return set(caller, recording, RELEASE, key, false);
    }

    private Mono<CommandAnswered> set(Caller caller, RecordingId recording, String route, IdempotencyKey key,
            boolean kept) {
        return hosts.requireHost(caller, recording)
                .filter(seen -> !seen.deleted())
                .switchIfEmpty(Mono.error(Problem::noSuchRecording))
                .flatMap(seen -> commands.carryOut(new RecordingCommand.Keep(key.command(caller, route),
                        seen.session(), caller.id(), clock.instant(), recording, kept), key.value()));
    }
}
