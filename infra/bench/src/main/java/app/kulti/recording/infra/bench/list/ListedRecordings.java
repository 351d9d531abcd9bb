package app.kulti.recording.infra.bench.list;

import app.kulti.recording.infra.bench.processor.BenchDatabase;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Recordings as time leaves them: completed, copied, those of one session far apart on the disk. Ten to a session; a hundred
 * sessions are the caller's, in a hundred they take part. A newcomer takes part in two.
 */
final class ListedRecordings {
    /** Of the caller, half of them as a participant. */
    static final int VISIBLE = 2_000;

    /** Of the newcomer: a page of them. */
    static final int VISIBLE_TO_THE_NEWCOMER = 20;

    private static final int PER_SESSION = 10;
    private static final int SESSIONS_OF_THE_CALLER = VISIBLE / PER_SESSION;
    private static final int SESSIONS_OF_THE_NEWCOMER = VISIBLE_TO_THE_NEWCOMER / PER_SESSION;

    private ListedRecordings() {}

    static void fill(BenchDatabase database, int recordings, UUID caller, UUID newcomer) throws SQLException {
        var sessions = recordings / PER_SESSION;
        // Every so-and-so-many-th session is the caller's: as a host, as a participant, and so on in turn.
        var apart = sessions / SESSIONS_OF_THE_CALLER;
        var isTheirs = "n %% %d = 0 AND n < %d".formatted(apart, apart * SESSIONS_OF_THE_CALLER);
        var isHosted = "n / %d %% 2 = 0".formatted(apart);
        // Foreign keys hold by the way the rows are made; looking each up would take most of the time.
        database.execute("""
                SET session_replication_role = replica;
                INSERT INTO public.sessions (id, title, host_id, hms_room_id, status, started_at)
                SELECT md5('session ' || n)::uuid, 'Session ' || n,
                  CASE WHEN %1$s AND %2$s THEN '%3$s'::uuid ELSE md5('host ' || n %% 5000)::uuid END, 'room-' || n,
                  'ended', now() - interval '1 day'
                FROM generate_series(0, %4$d - 1) n;
                INSERT INTO public.session_participants (session_id, user_id)
                SELECT md5('session ' || n)::uuid, md5('participant ' || n || ' ' || p)::uuid
                FROM generate_series(0, %4$d - 1) n, generate_series(1, 3) p;
                INSERT INTO public.session_participants (session_id, user_id)
                SELECT md5('session ' || n)::uuid, '%3$s'
                FROM generate_series(0, %4$d - 1) n WHERE %1$s AND NOT %2$s;
                INSERT INTO public.session_participants (session_id, user_id)
                SELECT md5('session ' || n)::uuid, '%6$s' FROM generate_series(1, %7$d) n;
                INSERT INTO public.recordings (id, session_id, hms_recording_id, recording_url, duration, status, metadata,
                  created_at)
                SELECT r.id, r.session_id, 'hms-' || r.id, r.session_id || '/' || r.id || '.mp4', 3600, 'completed',
                  jsonb_build_object('storage', 'supabase', 'size', 450000000 + n, 'resolution', '1280x720', 'format',
                    'mp4', 'asset_id', md5('asset ' || n), 'hms_url', 'https://storage.100ms.live/' || r.id || '.mp4'),
                  now() - interval '80 days' + n * interval '6 seconds'
                FROM (SELECT n, md5('recording ' || n)::uuid AS id, md5('session ' || n %% %4$d)::uuid AS session_id
                      FROM generate_series(0, %5$d - 1) n) r;
                INSERT INTO kulti_recording.recording_progress (recording_id, session_id, revision, facts, mirror_state,
                  mirror_bytes, stop_reason)
                SELECT id, session_id, 5, '{}', 'verified', 450000000, 'client request' FROM public.recordings;
                SET session_replication_role = origin;
                """.formatted(isTheirs, isHosted, caller, sessions, recordings, newcomer,
                SESSIONS_OF_THE_NEWCOMER));
        // As autovacuum leaves tables that have been there for a while.
        database.execute("VACUUM (ANALYZE)");
    }
}
