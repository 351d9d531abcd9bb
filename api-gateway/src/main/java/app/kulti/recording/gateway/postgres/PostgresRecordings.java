package app.kulti.recording.gateway.postgres;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.gateway.access.Caller;
import app.kulti.recording.gateway.playback.PlayableRecordings;
import app.kulti.recording.gateway.playback.RecordingFile;
import app.kulti.recording.gateway.query.Recording;
import app.kulti.recording.gateway.query.Recordings;
import io.r2dbc.spi.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Recordings under row level security. */
final class PostgresRecordings implements Recordings, PlayableRecordings {
    private static final String COLUMNS = """
            r.id, r.session_id, r.hms_recording_id, r.recording_url, r.duration, r.status, r.metadata::text AS metadata,
            r.created_at, s.title, s.host_id, p.source_url, p.source_url_expires_at, p.mirror_state, p.mirror_bytes,
            p.stop_reason, p.kept""";

    /** Outer, so that a recording is not lost to a caller whom the app does not show the session itself. */
    private static final String BESIDE = """
            LEFT JOIN public.sessions s ON s.id = r.session_id
            LEFT JOIN kulti_recording.recording_progress p ON p.recording_id = r.id""";

    private static final String BY_ID = "SELECT " + COLUMNS + "\nFROM public.recordings r\n" + BESIDE
            + "\nWHERE r.id = $1";

    private static final String ACTIVE = "SELECT " + COLUMNS + "\nFROM public.recordings r\n" + BESIDE
            + "\nWHERE r.session_id = $1 AND r.status = 'recording'";

    /**
     * The visible rows are found once, for the total and for the page; only the page's rows are then read in full. The first
     * join keeps the total when the page is empty.
     */
    private static final String LIST = """
            WITH visible AS MATERIALIZED (SELECT r.id, r.created_at FROM public.recordings r %s),
            page AS (SELECT v.id, v.created_at FROM visible v ORDER BY v.created_at DESC, v.id LIMIT $1 OFFSET $2)
            SELECT counted.total,\s""" + COLUMNS + """

            FROM (SELECT count(*) AS total FROM visible) counted
            LEFT JOIN page ON true
            LEFT JOIN public.recordings r ON r.id = page.id
            """ + BESIDE + "\nORDER BY page.created_at DESC, page.id";

    private final AsCaller database;
    private final JsonMapper json;

    PostgresRecordings(AsCaller database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    @Override
    public Mono<Page> list(Caller caller, Wanted wanted) {
        var query = listing(wanted);
        return database.read(caller, query.sql(), query.values(), this::counted).map(PostgresRecordings::page);
    }

    record Query(String sql, List<Object> values) {}

    static Query listing(Wanted wanted) {
        var conditions = new ArrayList<String>();
        var values = new ArrayList<Object>(List.of(wanted.limit(), wanted.offset()));
        var status = wanted.status();
        if (status != null) {
            values.add(Columns.name(status));
            conditions.add("r.status = $" + values.size());
        }
        var session = wanted.session();
        if (session != null) {
            values.add(session.value());
            conditions.add("r.session_id = $" + values.size());
        }
        var before = wanted.notKeptFrom();
        if (before != null) {
            values.add(before);
            conditions.add("r.created_at < $" + values.size());
            conditions.add("NOT EXISTS (SELECT FROM kulti_recording.recording_progress k"
                    + " WHERE k.recording_id = r.id AND k.kept)");
        }
        // A statement of its own for each combination: one for all of them could not use the indexes once it is planned.
        var where = conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions);
        return new Query(LIST.formatted(where), values);
    }

    private record Counted(long total, @Nullable Recording recording) {}

    private Counted counted(Row row) {
        return new Counted(Columns.required(row, "total", Long.class),
                row.get("id", UUID.class) == null ? null : recording(row));
    }

    private static Page page(List<Counted> rows) {
        return new Page(rows.stream().map(Counted::recording).filter(Objects::nonNull).toList(),
                rows.getFirst().total());
    }

    @Override
    public Mono<Recording> byId(Caller caller, RecordingId id) {
        return one(database.read(caller, BY_ID, List.of(id.value()), this::recording));
    }

    @Override
    public Mono<Recording> active(Caller caller, SessionId session) {
        return one(database.read(caller, ACTIVE, List.of(session.value()), this::recording));
    }

    @Override
    public Mono<Playable> playable(Caller caller, RecordingId id) {
        return byId(caller, id).map(recording -> new Playable(recording.id(), recording.session(), recording.status(),
                recording.title(), recording.createdAt(), recording.file(), refusedBecause(recording)));
    }

    private static @Nullable String refusedBecause(Recording recording) {
        return recording.mirror().state().equals("refused")
                ? recording.metadata().path("mirror").path("reason").asString("reason unknown")
                : null;
    }

    private static <T> Mono<T> one(Mono<List<T>> rows) {
        return rows.flatMapIterable(all -> all).next();
    }

    private Recording recording(Row row) {
        var metadata = metadata(row);
        var file = Columns.file(row, metadata.path("storage").asString("").equals("supabase"));
        var host = row.get("host_id", UUID.class);
        return new Recording(new RecordingId(Columns.required(row, "id", UUID.class)),
                new SessionId(Columns.required(row, "session_id", UUID.class)),
                row.get("title", String.class), host == null ? null : new UserId(host),
                Columns.required(row, "hms_recording_id", String.class),
                Columns.status(row), row.get("duration", Integer.class), metadata,
                Columns.required(row, "created_at", Instant.class),
                file, mirror(row, metadata, file), row.get("stop_reason", String.class),
                Boolean.TRUE.equals(row.get("kept", Boolean.class)));
    }

    private JsonNode metadata(Row row) {
        var text = row.get("metadata", String.class);
        return text == null ? json.createObjectNode() : json.readTree(text);
    }

    private static Recording.Mirror mirror(Row row, JsonNode metadata, RecordingFile file) {
        if (file.objectKey() != null) {
            return new Recording.Mirror("verified", 1.0);
        }
        var state = row.get("mirror_state", String.class);
        if (state == null) {
            return Recording.Mirror.NONE;
        }
        var copied = row.get("mirror_bytes", Long.class);
        var size = metadata.path("size").asLong(0);
        return new Recording.Mirror(state,
                copied == null || size <= 0 ? null : Math.min(1.0, (double) copied / size));
    }
}
