package app.kulti.recording.processor.postgres;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.processor.advance.Due;
import app.kulti.recording.processor.advance.Start;
import app.kulti.recording.processor.advance.Stored;
import app.kulti.recording.processor.advance.Unmatched;
import app.kulti.recording.processor.reconcile.DueWork;
import app.kulti.recording.processor.recording.Tombstone;
import java.time.Instant;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** Work is taken by moving its due time on, and rows that another copy is taking are passed over. */
final class PostgresDueWork implements DueWork {
    private final DatabaseClient database;
    private final TransactionalOperator transaction;

    PostgresDueWork(DatabaseClient database, TransactionalOperator transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    @Override
    public Mono<List<Start>> takeStarts(Instant now, int most) {
        return database.sql("""
                UPDATE kulti_recording.recording_starts s
                SET due_at = :next, attempts = s.attempts + 1, called_at = :now
                WHERE s.recording_id IN (
                  SELECT recording_id FROM kulti_recording.recording_starts
                  WHERE due_at <= :now ORDER BY due_at LIMIT :most FOR UPDATE SKIP LOCKED)
                RETURNING s.*
                """).bind("now", now).bind("next", now.plus(Due.CALL)).bind("most", most).map(From::start).all()
                .collectList();
    }

    @Override
    public Mono<List<Stored>> takeUnfinished(Instant now, int most) {
        return take("r.status IN ('recording', 'processing')", "p.due_at", now, most);
    }

    @Override
    public Mono<List<RecordingId>> inherited(Instant now, int most) {
        return database.sql("""
                SELECT r.id FROM public.recordings r
                LEFT JOIN kulti_recording.recording_progress p ON p.recording_id = r.id
                WHERE p.recording_id IS NULL AND (r.status IN ('recording', 'processing')
                  OR (r.status = 'completed' AND r.created_at > :kept
                    AND r.metadata ->> 'storage' IS DISTINCT FROM 'supabase'))
                ORDER BY r.created_at LIMIT :most
                """).bind("kept", now.minus(Due.SOURCE)).bind("most", most)
                .map(row -> new RecordingId(From.uuid(row, "id"))).all().collectList();
    }

    @Override
    public Mono<List<Stored>> takeUnmirrored(Instant now, int most) {
        return take("r.status = 'completed'", "coalesce(p.ended_at, p.begun_at, r.created_at)", now, most);
    }

    private Mono<List<Stored>> take(String which, String order, Instant now, int most) {
        return database.sql("""
                SELECT %s FROM kulti_recording.recording_progress p JOIN public.recordings r ON r.id = p.recording_id
                WHERE p.due_at <= :now AND %s ORDER BY %s LIMIT :most FOR UPDATE OF p SKIP LOCKED
                """.formatted(From.STORED, which, order)).bind("now", now).bind("most", most).map(From::stored).all()
                .collectList()
                .flatMap(taken -> moveOn(taken, now).thenReturn(taken)).as(transaction::transactional);
    }

    private Mono<Long> moveOn(List<Stored> taken, Instant now) {
        return taken.isEmpty()
                ? Mono.just(0L)
                : Columns.of(taken, database.sql("""
                        UPDATE kulti_recording.recording_progress p SET due_at = n.due
                        FROM unnest(:ids, :due) AS n (id, due) WHERE p.recording_id = n.id
                        """)).uuid("ids", stored -> stored.recording().id().value())
                        .time("due", stored -> Due.of(stored, now)).bound().fetch().rowsUpdated();
    }

    @Override
    public Mono<List<Tombstone>> takeTombstones(Instant now, int most) {
        return database.sql("""
                UPDATE kulti_recording.deleted_recordings d SET due_at = :next
                WHERE d.recording_id IN (
                  SELECT recording_id FROM kulti_recording.deleted_recordings
                  WHERE due_at <= :now ORDER BY due_at LIMIT :most FOR UPDATE SKIP LOCKED)
                RETURNING d.*
                """).bind("now", now).bind("next", now.plus(Due.MIRROR)).bind("most", most).map(From::tombstone)
                .all().collectList();
    }

    /** The longer nobody knows, the longer the pauses: from a minute to six hours. */
    @Override
    public Mono<List<Unmatched>> takeUnmatched(Instant now, int most) {
        return forgetMatched(now).then(database.sql("""
                UPDATE kulti_recording.unmatched_events u
                SET attempts = u.attempts + 1,
                  due_at = :now + least(interval '1 minute' * power(2, least(u.attempts, 20)), interval '6 hours')
                WHERE u.event_id IN (
                  SELECT event_id FROM kulti_recording.unmatched_events
                  WHERE due_at <= :now ORDER BY due_at LIMIT :most FOR UPDATE SKIP LOCKED)
                RETURNING u.*
                """).bind("now", now).bind("most", most).map(From::unmatched).all().collectList());
    }

    /** Of what 100ms has deleted nothing more can be learnt. */
    private Mono<Long> forgetMatched(Instant now) {
        return database.sql("""
                DELETE FROM kulti_recording.unmatched_events u
                WHERE u.due_at <= :now AND (u.noticed_at <= :gone OR EXISTS (
                  SELECT FROM jsonb_to_recordset(u.names) AS name (kind text, id text)
                  JOIN kulti_recording.recording_aliases a ON a.kind = name.kind AND a.outside_id = name.id))
                """).bind("now", now).bind("gone", now.minus(Due.SOURCE)).fetch().rowsUpdated();
    }
}
