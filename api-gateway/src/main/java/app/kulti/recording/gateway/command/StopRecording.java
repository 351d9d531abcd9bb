package app.kulti.recording.gateway.command;

import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingEvent.CommandAnswered;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.gateway.access.Caller;
import java.time.InstantSource;
import reactor.core.publisher.Mono;

/** A host ends what their session records. */
public final class StopRecording {
    /** Part of every command id: never to be changed. */
    static final String ROUTE = "POST /api/hms/stop-recording";

    private final Hosts hosts;
    private final Commands commands;
    private final InstantSource clock;

    public StopRecording(Sessions sessions, Commands commands, InstantSource clock) {
        this.hosts = new Hosts(sessions);
        this.commands = commands;
        this.clock = clock;
    }

    Mono<CommandAnswered> stop(Caller caller, SessionId session, IdempotencyKey key) {
        return hosts.requireHost(caller, session).flatMap(_ -> commands.carryOut(
                new RecordingCommand.Stop(key.command(caller, ROUTE), session, caller.id(), clock.instant()),
                key.value()));
    }
}
