package app.kulti.recording.gateway;

import app.kulti.recording.infra.db.LocalDatabase;
import app.kulti.recording.infra.db.Login;
import app.kulti.recording.infra.local.testing.RealPostgres;
import app.kulti.recording.infra.local.testing.TestDatabase;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A migrated database of a test's own, and what the app and the processor have put into it. */
public final class App {
    static {
        BlockingCalls.watch();
    }

    private final TestDatabase database = RealPostgres.shared().freshDatabase("kulti",
            App::migrate);

    private static void migrate(TestDatabase empty) {
        try {
            LocalDatabase.prepare(empty.jdbcUrl(), empty.user(), empty.password());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For the gateway's own login. */
    public String r2dbcUrl() {
        return database.r2dbcUrl();
    }

    public int port() {
        return database.port();
    }

    public static String username() {
        return Login.GATEWAY.role();
    }

    public static String password() {
        return LocalDatabase.passwordOf(Login.GATEWAY);
    }

    /** A live session in a room of its own. */
    public UUID session(String title, UUID host, UUID... participants) {
        var session = UUID.randomUUID();
        update("INSERT INTO public.sessions (id, title, host_id, hms_room_id, status) VALUES (?, ?, ?, ?, 'live')",
                session, title, host, roomOf(session));
        for (var participant : participants) {
            update("INSERT INTO public.session_participants (session_id, user_id) VALUES (?, ?)", session, participant);
        }
        return session;
    }

    public static String roomOf(UUID session) {
        return "room-" + session;
    }

    /** One second after the one before. */
    public UUID recording(UUID session, String status) {
        return recording(session, status, "{}");
    }

    public UUID recording(UUID session, String status, String metadata) {
        var recording = UUID.randomUUID();
        update("INSERT INTO public.recordings (id, session_id, hms_recording_id, status, duration, metadata, created_at)"
                + " VALUES (?, ?, ?, ?, 5400, ?::jsonb, now())", recording, session, "hms-" + recording, status,
                metadata);
        return recording;
    }

    /** A verified copy lies in the bucket. */
    public UUID mirrored(UUID session) {
        var recording = recording(session, "completed",
                "{\"storage\": \"supabase\", \"size\": 4096, \"resolution\": \"1280x720\", \"format\": \"mp4\"}");
        update("UPDATE public.recordings SET recording_url = ? WHERE id = ?", session + "/" + recording + ".mp4",
                recording);
        return recording;
    }

    /** What the processor remembers beside the recording. */
    public void progress(UUID recording, String mirrorState, @Nullable Long mirrorBytes, @Nullable String sourceUrl,
            String sourceExpires) {
        update("INSERT INTO kulti_recording.recording_progress (recording_id, session_id, revision, facts, mirror_state,"
                + " mirror_bytes, source_url, source_url_expires_at, stop_reason)"
                + " SELECT id, session_id, 7, '{}', ?, ?, ?, now() + ?::interval, 'client request'"
                + " FROM public.recordings WHERE id = ?", mirrorState, mirrorBytes, sourceUrl, sourceExpires,
                recording);
    }

    /** How many rows it touched; as the superuser. */
    public int update(String sql, @Nullable Object... values) {
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of the first row. */
    public @Nullable Object value(String sql) {
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getObject(1) : null;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
