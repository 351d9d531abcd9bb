package app.kulti.recording.gateway.postgres;

import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.gateway.access.Caller;
import app.kulti.recording.gateway.live.ChangedRecordings;
import app.kulti.recording.gateway.live.LiveRecording;
import io.r2dbc.spi.Row;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Recordings and tombstones under row level security, by the time of their last change. */
final class PostgresChanges implements ChangedRecordings {
    /** Those who have asked for a deletion see its tombstone for good; here it is for those who are in the session now. */
    private static final String CHANGED = """
            WITH mine AS MATERIALIZED (SELECT ARRAY(SELECT kulti_recording.visible_sessions()) AS sessions),
            changed AS (
              SELECT r.id, r.session_id, coalesce(p.revision, 0) AS revision, false AS deleted, r.status,
                r.hms_recording_id, coalesce(p.begun_at, r.created_at) AS started_at, p.ended_at, r.duration,
                r.metadata ->> 'storage' IS NOT DISTINCT FROM 'supabase' AS mirrored, p.stop_reason,
                coalesce(p.kept, false) AS kept, greatest(r.updated_at, p.applied_at) AS changed_at
              FROM mine, public.recordings r
              LEFT JOIN kulti_recording.recording_progress p ON p.recording_id = r.id
              WHERE r.session_id = ANY (mine.sessions)
              UNION ALL
              SELECT d.recording_id, d.session_id, d.revision, true, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
                d.deleted_at
              FROM mine, kulti_recording.deleted_recordings d
              WHERE d.session_id = ANY (mine.sessions) AND d.deleted_at >= $1)
            SELECT * FROM changed
            WHERE changed_at >= $1 AND (changed_at, id) > ($1, $2)
            ORDER BY changed_at, id
            LIMIT $3
            """;
    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final int PAGE = 200;

    private final AsCaller database;

    PostgresChanges(AsCaller database) {
        this.database = database;
    }

    private record Change(Instant at, LiveRecording recording) {}

    @Override
    public Flux<LiveRecording> since(Caller caller, Instant since) {
        return page(caller, since, BEFORE_ALL)
                .expand(page -> page.size() < PAGE
                        ? Mono.empty()
                        : page(caller, page.getLast().at(), page.getLast().recording().id().value()))
                .flatMapIterable(page -> page)
                .map(Change::recording);
    }

    private Mono<List<Change>> page(Caller caller, Instant since, UUID after) {
        return database.read(caller, CHANGED, List.of(since, after, PAGE), PostgresChanges::change);
    }

    private static Change change(Row row) {
        return new Change(Columns.required(row, "changed_at", Instant.class), recording(row));
    }

    private static LiveRecording recording(Row row) {
        var id = new RecordingId(Columns.required(row, "id", UUID.class));
        var session = new SessionId(Columns.required(row, "session_id", UUID.class));
        long revision = Columns.required(row, "revision", Long.class);
        if (Columns.required(row, "deleted", Boolean.class)) {
            return LiveRecording.gone(id, session, revision);
        }
        return new LiveRecording(id, session, revision, false,
                RecordingStatus.valueOf(Columns.required(row, "status", String.class).toUpperCase(Locale.ROOT)),
                row.get("hms_recording_id", String.class), row.get("started_at", Instant.class),
                row.get("ended_at", Instant.class), row.get("duration", Long.class),
                row.get("mirrored", Boolean.class), row.get("stop_reason", String.class),
                row.get("kept", Boolean.class));
    }
}
