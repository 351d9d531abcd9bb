package app.kulti.recording.infra.ops.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What should have come further by now. */
public final class Overdue {
    /** More than an operator reads; the oldest come first. */
    private static final int MOST = 500;

    private final Database database;

    public Overdue(Database database) {
        this.database = database;
    }

    /** Of which kind something stuck is. */
    public enum Kind {
        /** 100ms has not answered a start. */
        START,
        /** A stop is wanted and 100ms has not agreed. */
        STOP,
        /** It records or is worked on at 100ms longer than it should. */
        PROCESSING,
        /** Its file is not in storage. */
        MIRROR,
        /** It was deleted, and its file or its beam is still there. */
        REMOVAL,
        /** Something was said of a recording that nobody knows. */
        UNMATCHED
    }

    /**
     * Something stuck.
     *
     * @param recording null for what speaks of no known recording
     * @param since     when it should have come further
     * @param dueAt     when the schedule takes it up next; null when it does not
     * @param detail    the last that is known about it
     */
    public record Stuck(Kind kind, @Nullable UUID recording, Instant since, @Nullable Instant dueAt, int attempts,
            @Nullable String detail) {}

    /** All of it, oldest first. */
    public List<Stuck> list(Instant now) {
        return database.list("""
                SELECT * FROM (
                  SELECT 'START' AS kind, recording_id, deadline AS since, due_at, attempts, NULL AS detail
                  FROM kulti_recording.recording_starts WHERE settled_at IS NULL AND deadline < ?
                  UNION ALL
                  SELECT CASE WHEN r.status = 'completed' THEN 'MIRROR'
                      WHEN p.stop_wanted_at IS NOT NULL AND r.status = 'recording' THEN 'STOP' ELSE 'PROCESSING' END,
                    p.recording_id, CASE WHEN r.status = 'completed'
                      THEN coalesce(p.mirror_reported_at, p.applied_at, r.updated_at)
                      ELSE coalesce(p.stop_wanted_at, p.ended_at, p.begun_at, r.created_at) END,
                    p.due_at, p.mirror_attempts,
                    CASE WHEN r.status = 'completed' THEN p.mirror_state ELSE r.status END
                  FROM kulti_recording.recording_progress p JOIN public.recordings r ON r.id = p.recording_id
                  WHERE (r.status = 'completed' AND p.mirror_state IN ('none', 'wanted', 'copying')
                      AND coalesce(p.mirror_reported_at, p.applied_at, r.updated_at) < ?::timestamptz - interval '5 min')
                    OR (r.status = 'processing'
                      AND coalesce(p.ended_at, p.applied_at, r.updated_at) < ?::timestamptz - interval '10 min')
                    OR (r.status = 'recording' AND p.stop_wanted_at < ?::timestamptz - interval '1 min')
                    OR p.due_at < ?::timestamptz - interval '2 min'
                  UNION ALL
                  SELECT 'REMOVAL', recording_id, deleted_at, due_at, removal_attempts,
                    CASE WHEN removed_at IS NULL THEN 'its file' ELSE 'its beam' END
                  FROM kulti_recording.deleted_recordings
                  WHERE (removed_at IS NULL OR (was_active AND stopped_at IS NULL))
                    AND deleted_at < ?::timestamptz - interval '5 min'
                  UNION ALL
                  SELECT 'UNMATCHED', h.recording_id, h.decided_at, u.due_at, coalesce(u.attempts, 0),
                    h.type || ': ' || coalesce(h.reason, '')
                  FROM kulti_recording.recording_history h
                  LEFT JOIN kulti_recording.unmatched_events u ON u.event_id = h.event_id
                  WHERE h.decision = 'unmatched' AND h.decided_at < ?::timestamptz - interval '1 min'
                ) stuck ORDER BY since LIMIT ?
                """, Overdue::stuck, now, now, now, now, now, now, now, MOST);
    }

    private static Stuck stuck(ResultSet row) throws SQLException {
        var since = Database.instant(row, "since");
        return new Stuck(Kind.valueOf(row.getString("kind")), row.getObject("recording_id", UUID.class),
                since == null ? Instant.EPOCH : since, Database.instant(row, "due_at"), row.getInt("attempts"),
                row.getString("detail"));
    }
}
