package app.kulti.recording.infra.ops.postgres;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the database remembers of one recording. */
public final class Life {
    private final Database database;

    public Life(Database database) {
        this.database = database;
    }

    /**
     * How it is now.
     *
     * @param status    also {@code starting} before 100ms has answered, and {@code deleted}
     * @param hmsId     100ms's id of it; null until that is known
     * @param dueAt     when the schedule looks at it next
     * @param startedBy how its start came out, or null
     * @param removedAt when its stored file was gone; of a deleted one only
     */
    public record Present(RecordingId id, @Nullable SessionId session, @Nullable String room, String status,
            @Nullable String hmsId, @Nullable Long revision, @Nullable Instant begunAt, @Nullable Instant endedAt,
            @Nullable String mirror, @Nullable Long mirrorBytes, int mirrorAttempts,
            @Nullable Instant mirrorReportedAt, @Nullable String mirrorReason, @Nullable Instant stopWantedAt,
            @Nullable String stopReason, @Nullable Instant dueAt, boolean kept, @Nullable String startedBy,
            @Nullable Instant deletedAt, @Nullable String deletedBy, @Nullable Instant removedAt) {}

    /** One thing that was heard of it, and what became of that. */
    public record Step(Instant decidedAt, @Nullable Instant occurredAt, String type, String decision,
            @Nullable String reason, String source, UUID event, @Nullable String replayedBy,
            @Nullable String replayReason) {}

    /** How it is now; empty for one that nobody knows. */
    public Optional<Present> now(RecordingId id) {
        return database.first("""
                SELECT i.id, coalesce(r.session_id, s.session_id, d.session_id) AS session_id,
                  coalesce(p.room_id, s.room_id, d.room_id) AS room_id,
                  CASE WHEN r.id IS NOT NULL THEN r.status WHEN d.recording_id IS NOT NULL THEN 'deleted'
                    ELSE 'starting' END AS status,
                  r.hms_recording_id, coalesce(p.revision, d.revision) AS revision,
                  coalesce(p.begun_at, d.begun_at) AS begun_at, coalesce(p.ended_at, d.ended_at) AS ended_at,
                  p.mirror_state, p.mirror_bytes, coalesce(p.mirror_attempts, d.removal_attempts, 0) AS attempts,
                  p.mirror_reported_at, r.metadata -> 'mirror' ->> 'reason' AS mirror_reason,
                  coalesce(p.stop_wanted_at, s.stop_wanted_at) AS stop_wanted_at, p.stop_reason,
                  coalesce(p.due_at, s.due_at, d.due_at) AS due_at, coalesce(p.kept, false) AS kept, s.outcome,
                  d.deleted_at, d.actor, d.removed_at
                FROM (SELECT ?::uuid AS id) i
                LEFT JOIN public.recordings r ON r.id = i.id
                LEFT JOIN kulti_recording.recording_progress p ON p.recording_id = i.id
                LEFT JOIN kulti_recording.recording_starts s ON s.recording_id = i.id
                LEFT JOIN kulti_recording.deleted_recordings d ON d.recording_id = i.id AND r.id IS NULL
                WHERE coalesce(r.id, s.recording_id, d.recording_id) IS NOT NULL
                """, Life::present, id.value());
    }

    private static Present present(ResultSet row) throws SQLException {
        var session = row.getObject("session_id", UUID.class);
        return new Present(new RecordingId(row.getObject("id", UUID.class)),
                session == null ? null : new SessionId(session), row.getString("room_id"), row.getString("status"),
                row.getString("hms_recording_id"), row.getObject("revision", Long.class),
                Database.instant(row, "begun_at"), Database.instant(row, "ended_at"), row.getString("mirror_state"),
                row.getObject("mirror_bytes", Long.class), row.getInt("attempts"),
                Database.instant(row, "mirror_reported_at"), row.getString("mirror_reason"),
                Database.instant(row, "stop_wanted_at"), row.getString("stop_reason"),
                Database.instant(row, "due_at"), row.getBoolean("kept"), row.getString("outcome"),
                Database.instant(row, "deleted_at"), row.getString("actor"), Database.instant(row, "removed_at"));
    }

    /** Everything that was heard of it, in the order in which it was decided. */
    public List<Step> steps(RecordingId id) {
        return database.list("""
                SELECT decided_at, occurred_at, type, decision, reason,
                  source_topic || '-' || source_partition || '@' || source_offset AS source, event_id, replayed_by,
                  replay_reason
                FROM kulti_recording.recording_history WHERE recording_id = ? ORDER BY decided_at, id
                """, row -> new Step(row.getObject("decided_at", OffsetDateTime.class).toInstant(),
                Database.instant(row, "occurred_at"), row.getString("type"), row.getString("decision"),
                row.getString("reason"), row.getString("source"), row.getObject("event_id", UUID.class),
                row.getString("replayed_by"), row.getString("replay_reason")), id.value());
    }
}
