package app.kulti.recording.gateway.command;

import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingEvent.CommandAnswered;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.gateway.access.Caller;
import app.kulti.recording.gateway.failure.Problem;
import app.kulti.recording.gateway.failure.ProblemType;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A host records their session. */
public final class StartRecording {
    /** Part of every command id: never to be changed. */
    static final String ROUTE = "POST /api/hms/start-recording";

    /** Where a request names it. */
    static final String ROOM = "roomId";

    private final Hosts hosts;
    private final Commands commands;
    private final InstantSource clock;

    public StartRecording(Sessions sessions, Commands commands, InstantSource clock) {
        this.hosts = new Hosts(sessions);
        this.commands = commands;
        this.clock = clock;
    }

    /** The outcome, once 100ms has said yes. */
    Mono<CommandAnswered> start(Caller caller, SessionId session, RoomId room, IdempotencyKey key) {
        return hosts.requireHost(caller, session)
                .flatMap(seen -> commands.carryOut(caller.id(), () -> {
                    requireSame(seen.room(), room);
                    return command(caller, session, room, key);
                }, key.value()));
    }

    private RecordingCommand.Start command(Caller caller, SessionId session, RoomId room, IdempotencyKey key) {
        var id = key.command(caller, ROUTE);
        var now = clock.instant();
        return new RecordingCommand.Start(id, session, caller.id(), now, RecordingId.startedBy(id), room,
                now.plus(commands.patience()));
    }

    private static void requireSame(@Nullable RoomId room, RoomId asked) {
        if (room == null) {
            throw new Problem(ProblemType.ROOM_MISSING, "The session has no room yet, so there is nothing to record.");
        }
        if (!room.equals(asked)) {
            throw new Problem(ProblemType.ROOM_DIFFERS, ROOM + " is not the room of this session.").about(ROOM);
        }
    }
}
