package app.kulti.recording.processor.postgres;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.processor.retention.Ages;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/** Ages, by when 100ms says that a recording began, else by when its row was made. Nothing is locked. */
final class PostgresAges implements Ages {
    /** The rows of one status are few while they record, and the history of each is short by then. */
    private static final String RUNNING = """
            SELECT r.id, coalesce(p.begun_at, r.created_at) AS at
            FROM public.recordings r LEFT JOIN kulti_recording.recording_progress p ON p.recording_id = r.id
            WHERE r.status = 'recording' AND p.stop_wanted_at IS NULL AND coalesce(p.begun_at, r.created_at) <= :begunBy
            """;

    private final DatabaseClient database;

    PostgresAges(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<List<Aged>> nearLimit(Instant begunBy, int most) {
        return aged(database.sql(RUNNING + """
                AND NOT EXISTS (SELECT FROM kulti_recording.recording_history h WHERE h.recording_id = r.id
                  AND h.type = 'kulti.finding.limit-nears.v1' AND h.decision = 'applied')
                ORDER BY at LIMIT :most
                """).bind("begunBy", begunBy), most);
    }

    @Override
    public Mono<List<Aged>> overLimit(Instant begunBy, int most) {
        return aged(database.sql(RUNNING + "ORDER BY at LIMIT :most").bind("begunBy", begunBy), most);
    }

    /** A row is made at most a day before its recording began; the first condition is what an index can find. */
    @Override
    public Mono<List<Aged>> nearExpiry(Instant begunBy, Duration retention, int most) {
        return aged(database.sql("""
                SELECT r.id, coalesce(p.begun_at, r.created_at) AS at
                FROM public.recordings r LEFT JOIN kulti_recording.recording_progress p ON p.recording_id = r.id
                WHERE r.created_at <= :rowBy AND coalesce(p.begun_at, r.created_at) <= :begunBy
                  AND r.status <> 'recording' AND NOT coalesce(p.kept, false)
                  AND (p.expires_at IS NULL
                    OR p.expires_at < p.begun_at + make_interval(secs => :retention))
                ORDER BY r.created_at LIMIT :most
                """).bind("rowBy", begunBy.plus(Duration.ofDays(1))).bind("begunBy", begunBy)
                .bind("retention", (double) retention.toSeconds()), most);
    }

    @Override
    public Mono<List<Aged>> expired(Instant now, Duration retention, int most) {
        return aged(database.sql("""
                SELECT r.id, p.expires_at AS at
                FROM kulti_recording.recording_progress p JOIN public.recordings r ON r.id = p.recording_id
                WHERE p.expires_at <= :now AND NOT p.kept AND r.status <> 'recording'
                  AND (p.expires_at < p.begun_at + make_interval(secs => :retention)) IS NOT TRUE
                ORDER BY p.expires_at LIMIT :most
                """).bind("now", now).bind("retention", (double) retention.toSeconds()), most);
    }

    @Override
    public Mono<Long> endHistories(Instant deletedBy, int most) {
        return database.sql("""
                WITH due AS (
                  SELECT d.recording_id FROM kulti_recording.deleted_recordings d
                  WHERE (d.history_ended_at IS NULL OR d.history_ended_at < d.deleted_at) AND d.deleted_at <= :deletedBy
                  ORDER BY d.deleted_at LIMIT :most),
                ended AS (
                  DELETE FROM kulti_recording.recording_history h USING due WHERE h.recording_id = due.recording_id)
                UPDATE kulti_recording.deleted_recordings d SET history_ended_at = now()
                FROM due WHERE d.recording_id = due.recording_id
                """).bind("deletedBy", deletedBy).bind("most", most).fetch().rowsUpdated();
    }

    /** Both conditions are what an index can find. */
    @Override
    public Mono<Long> endStrays(Instant decidedBy, int most) {
        return database.sql("""
                DELETE FROM kulti_recording.recording_history WHERE id = ANY (ARRAY(
                  SELECT stray.id FROM (
                    (SELECT h.id FROM kulti_recording.recording_history h
                      WHERE h.decision = 'unmatched' AND h.decided_at <= :decidedBy LIMIT :most)
                    UNION (SELECT h.id FROM kulti_recording.recording_history h
                      WHERE h.recording_id IS NULL AND h.decided_at <= :decidedBy LIMIT :most)) stray
                  LIMIT :most))
                """).bind("decidedBy", decidedBy).bind("most", most).fetch().rowsUpdated();
    }

    private static Mono<List<Aged>> aged(GenericExecuteSpec query, int most) {
        return query.bind("most", most)
                .map(row -> new Aged(new RecordingId(From.uuid(row, "id")), From.instant(row, "at"))).all()
                .collectList();
    }

    /**
     * A little early counts: the timers of two copies do not agree to the millisecond. A turn that was taken far in the future
     * was taken while the database's clock was wrong, and binds nobody; one that was taken a moment later than this statement
     * began is another copy's.
     */
    @Override
    public Mono<Boolean> takeTurn(Duration every) {
        return database.sql("""
                INSERT INTO kulti_recording.schedule_turns AS turn (schedule, taken_at) VALUES ('retention', now())
                ON CONFLICT (schedule) DO UPDATE SET taken_at = now()
                  WHERE turn.taken_at NOT BETWEEN now() - make_interval(secs => :every)
                    AND now() + make_interval(secs => :every)
                """).bind("every", every.toMillis() * 0.9 / 1000).fetch().rowsUpdated().map(taken -> taken == 1);
    }
}
