package app.kulti.recording.gateway.command;

import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingEvent.CommandAnswered;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.gateway.access.Caller;
import app.kulti.recording.gateway.failure.Problem;
import java.time.InstantSource;
import reactor.core.publisher.Mono;

/** A host deletes a recording: its row and its copy. 100ms's own copy lives on for as long as 100ms keeps it. */
public final class DeleteRecording {
    /** Part of every command id: never to be changed. */
    static final String ROUTE = "DELETE /api/recordings/{id}";

    private final Hosts hosts;
    private final Commands commands;
    private final InstantSource clock;

    public DeleteRecording(Sessions sessions, Commands commands, InstantSource clock) {
        this.hosts = new Hosts(sessions);
        this.commands = commands;
        this.clock = clock;
    }

    /**
     * Deletes it.
     *
     * @param repeated whether the caller brought the key: only then can a recording that is gone already be theirs to delete,
     *                 their first request having lost its answer
     */
    Mono<CommandAnswered> delete(Caller caller, RecordingId recording, IdempotencyKey key, boolean repeated) {
        return hosts.requireHost(caller, recording)
                .filter(seen -> !seen.deleted() || repeated)
                .switchIfEmpty(Mono.error(Problem::noSuchRecording))
                .flatMap(seen -> commands.carryOut(new RecordingCommand.Delete(key.command(caller, ROUTE),
                        seen.session(), caller.id(), clock.instant(), recording), key.value()));
    }
}
