package app.kulti.recording.gateway.postgres;

import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.gateway.access.Caller;
import app.kulti.recording.gateway.query.HostedRecordings;
import app.kulti.recording.gateway.query.Timelines;
import io.r2dbc.spi.Row;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** What happened to one recording, and what all of a host's add up to. */
final class PostgresHistory implements Timelines, HostedRecordings {
    /** Outer, so that a recording without a history is not taken for one that is not there. */
    private static final String TIMELINE = """
            SELECT coalesce(h.occurred_at, h.decided_at) AS at, h.type, h.source_topic, h.decision, h.reason
            FROM public.recordings r
            LEFT JOIN kulti_recording.recording_history h ON h.recording_id = r.id
            WHERE r.id = $1
            ORDER BY at, h.id
            """;

    /** Rows that were taken over from the app have any metadata. */
    private static final String SUMS = """
            WITH hosted AS MATERIALIZED (SELECT h.session_id, h.people FROM kulti_recording.hosted_audiences() h),
            each AS (
              SELECT r.status, coalesce(r.duration, 0) AS seconds, h.people,
                CASE WHEN jsonb_typeof(r.metadata -> 'size') = 'number' THEN (r.metadata ->> 'size')::numeric ELSE 0 END
                  AS bytes,
                r.metadata ->> 'storage' IS NOT DISTINCT FROM 'supabase' AS copied
              FROM public.recordings r JOIN hosted h ON h.session_id = r.session_id
              WHERE r.session_id = ANY (ARRAY(SELECT kulti_recording.hosted_sessions())))
            SELECT status, count(*) AS count, sum(seconds)::bigint AS seconds,
              sum(seconds * people)::bigint AS participant_seconds, sum(bytes)::bigint AS bytes,
              coalesce(sum(bytes) FILTER (WHERE copied), 0)::bigint AS copied_bytes
            FROM each
            GROUP BY status
            """;

    private final AsCaller database;

    PostgresHistory(AsCaller database) {
        this.database = database;
    }

    @Override
    public Mono<List<Happening>> of(Caller caller, RecordingId recording) {
        return database.read(caller, TIMELINE, List.of(recording.value()), PostgresHistory::happening)
                .filter(rows -> !rows.isEmpty())
                .map(rows -> rows.stream().flatMap(Optional::stream).toList());
    }

    private static Optional<Happening> happening(Row row) {
        return Optional.ofNullable(row.get("at", Instant.class)).map(at -> new Happening(at,
                Columns.required(row, "type", String.class), Columns.required(row, "source_topic", String.class),
                Columns.required(row, "decision", String.class), row.get("reason", String.class)));
    }

    @Override
    public Mono<List<Sum>> sums(Caller caller) {
        return database.read(caller, SUMS, List.of(), PostgresHistory::sum);
    }

    private static Sum sum(Row row) {
        return new Sum(
                RecordingStatus.valueOf(Columns.required(row, "status", String.class).toUpperCase(Locale.ROOT)),
                Columns.required(row, "count", Long.class), Columns.required(row, "seconds", Long.class),
                Columns.required(row, "participant_seconds", Long.class), Columns.required(row, "bytes", Long.class),
                Columns.required(row, "copied_bytes", Long.class));
    }
}
