package app.kulti.recording.infra.ops.postgres;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Recordings by their ids and by those of 100ms. */
public final class Recordings {
    private final Database database;

    public Recordings(Database database) {
        this.database = database;
    }

    /** How a recording stands; {@code deleted} in the place of a status for a tombstone. */
    public record Standing(RecordingId id, String status) {}

    /** What tells the webhooks of a recording or session from those of others. */
    public record Names(List<String> rooms, List<String> outsideIds, List<String> hmsSessions) {}

    /** The statuses of those that exist. */
    public Map<RecordingId, String> statuses(Collection<RecordingId> ids) {
        var statuses = new HashMap<RecordingId, String>();
        database.list("""
                SELECT id, status FROM public.recordings WHERE id = ANY (?)
                UNION ALL SELECT recording_id, 'deleted' FROM kulti_recording.deleted_recordings
                d WHERE recording_id = ANY (?)
                  AND NOT EXISTS (SELECT FROM public.recordings r WHERE r.id = d.recording_id)
                """, row -> new Standing(new RecordingId(row.getObject(1, UUID.class)), row.getString(2)),
                uuids(ids), uuids(ids)).forEach(one -> statuses.put(one.id(), one.status()));
        return statuses;
    }

    private static UUID[] uuids(Collection<RecordingId> ids) {
        return ids.stream().map(RecordingId::value).toArray(UUID[]::new);
    }

    private record Known(String job, Standing standing) {}

    /** How the recordings with these ids of 100ms's API stand; those that nobody here knows are left out. */
    public Map<String, Standing> byJob(Collection<String> jobs) {
        var known = new HashMap<String, Standing>();
        database.list("""
                SELECT a.outside_id, a.recording_id, coalesce(r.status, CASE WHEN d.recording_id IS NULL
                  THEN 'unknown' ELSE 'deleted' END) AS status
                FROM kulti_recording.recording_aliases a
                LEFT JOIN public.recordings r ON r.id = a.recording_id
                LEFT JOIN kulti_recording.deleted_recordings d ON d.recording_id = a.recording_id
                WHERE a.kind = 'job_id' AND a.outside_id = ANY (?)
                """,
                row -> new Known(row.getString(1),
                        new Standing(new RecordingId(row.getObject(2, UUID.class)), row.getString(3))),
                (Object) jobs.toArray(String[]::new)).forEach(one -> known.put(one.job(), one.standing()));
        return known;
    }

    /** The names of a recording, also of one that was deleted or is being started; empty for an unknown one. */
    public Optional<Names> namesOf(RecordingId id) {
        var rooms = database.list("""
                SELECT room_id FROM kulti_recording.recording_progress WHERE recording_id = ?
                UNION SELECT room_id FROM kulti_recording.recording_starts WHERE recording_id = ?
                UNION SELECT room_id FROM kulti_recording.deleted_recordings WHERE recording_id = ?
                """, row -> row.getString(1), id.value(), id.value(), id.value());
        if (rooms.isEmpty()) {
            return Optional.empty();
        }
        var outside = database.list("SELECT outside_id FROM kulti_recording.recording_aliases WHERE recording_id = ?",
                row -> row.getString(1), id.value());
        var sessions = database.list("""
                SELECT hms_session_id FROM kulti_recording.recording_progress WHERE recording_id = ?
                UNION SELECT hms_session_id FROM kulti_recording.deleted_recordings WHERE recording_id = ?
                """, row -> row.getString(1), id.value(), id.value());
        return Optional.of(new Names(known(rooms), known(outside), known(sessions)));
    }

    /** The rooms that a session had, by the app's word and by what was recorded of it; empty for an unknown one. */
    public Optional<Names> namesOf(SessionId id) {
        var rooms = database.list("""
                SELECT hms_room_id FROM kulti_recording.sessions_by_id(ARRAY[?]::uuid[])
                UNION SELECT room_id FROM kulti_recording.recording_progress WHERE session_id = ?
                UNION SELECT room_id FROM kulti_recording.deleted_recordings WHERE session_id = ?
                """, row -> row.getString(1), id.value(), id.value(), id.value());
        var known = known(rooms);
        return known.isEmpty() ? Optional.empty() : Optional.of(new Names(known, List.of(), List.of()));
    }

    private static List<String> known(List<String> texts) {
        return texts.stream().filter(text -> text != null && !text.isBlank()).distinct().toList();
    }
}
