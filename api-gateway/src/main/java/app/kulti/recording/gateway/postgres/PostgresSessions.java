package app.kulti.recording.gateway.postgres;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.gateway.access.Caller;
import app.kulti.recording.gateway.command.Sessions;
import io.r2dbc.spi.Row;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Sessions under the app's own policies, hosts by our functions. */
final class PostgresSessions implements Sessions {
    private static final String SESSION = """
            SELECT s.hms_room_id, coalesce(s.host_id = (SELECT kulti_recording.registered_caller()), false) AS hosted
            FROM public.sessions s
            WHERE s.id = $1
            """;

    private static final String RECORDING = """
            WITH hosted AS MATERIALIZED (SELECT ARRAY(SELECT kulti_recording.hosted_sessions()) AS sessions)
            SELECT r.session_id, r.session_id = ANY (hosted.sessions) AS hosted, false AS deleted
            FROM public.recordings r, hosted
            WHERE r.id = $1
            UNION ALL
            SELECT d.session_id, d.session_id = ANY (hosted.sessions), true
            FROM kulti_recording.deleted_recordings d, hosted
            WHERE d.recording_id = $1
            ORDER BY deleted
            LIMIT 1
            """;

    private final AsCaller database;

    PostgresSessions(AsCaller database) {
        this.database = database;
    }

    @Override
    public Mono<Seen> seenBy(Caller caller, SessionId session) {
        return database.read(caller, SESSION, List.of(session.value()), PostgresSessions::seen)
                .flatMapIterable(rows -> rows).next();
    }

    private static Seen seen(Row row) {
        var room = row.get("hms_room_id", String.class);
        return new Seen(Columns.required(row, "hosted", Boolean.class),
                room == null || room.isBlank() ? null : new RoomId(room));
    }

    @Override
    public Mono<SeenRecording> seenBy(Caller caller, RecordingId recording) {
        return database.read(caller, RECORDING, List.of(recording.value()), PostgresSessions::seenRecording)
                .flatMapIterable(rows -> rows).next();
    }

    private static SeenRecording seenRecording(Row row) {
        return new SeenRecording(new SessionId(Columns.required(row, "session_id", UUID.class)),
                Columns.required(row, "hosted", Boolean.class), Columns.required(row, "deleted", Boolean.class));
    }
}
