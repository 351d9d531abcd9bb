package app.kulti.recording.infra.db;

import app.kulti.recording.infra.local.testing.RealPostgres;
import app.kulti.recording.infra.local.testing.TestDatabase;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A migrated database of a test's own: what is in it, and how each of its users sees it. */
final class Kulti implements AutoCloseable {

    /** Sets things up, unhindered. */
    final Sql superuser;
    private final TestDatabase database;

    Kulti() {
        database = RealPostgres.shared().freshDatabase("kulti", Kulti::prepare);
        superuser = new Sql(database.jdbcUrl(), database.user(), database.password());
    }

    static void prepare(TestDatabase database) {
        try {
            LocalDatabase.prepare(database.jdbcUrl(), database.user(), database.password());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    String jdbcUrl() {
        return database.jdbcUrl();
    }

    Sql as(Login login) {
        return new Sql(database.jdbcUrl(), login.role(), LocalDatabase.passwordOf(login));
    }

    /** A request of a signed-in user, as the gateway makes it: one transaction, rolled back when it is closed. */
    Sql asUser(UUID user) throws SQLException {
        return asCaller("authenticated", "{\"sub\": \"%s\", \"role\": \"authenticated\"}".formatted(user));
    }

    Sql asAnonymous(UUID user) throws SQLException {
        return asCaller("authenticated",
                "{\"sub\": \"%s\", \"role\": \"authenticated\", \"is_anonymous\": true}".formatted(user));
    }

    Sql asCaller(String role, @Nullable String claims) throws SQLException {
        var gateway = as(Login.GATEWAY);
        gateway.connection().setAutoCommit(false);
        gateway.column("SELECT set_config('role', ?, true), set_config('request.jwt.claims', ?, true)", role, claims);
        return gateway;
    }

    UUID session(UUID host, UUID... participants) throws SQLException {
        var session = UUID.randomUUID();
        superuser.update("INSERT INTO public.sessions (id, title, host_id, hms_room_id, status, started_at)"
                + " VALUES (?, 'Pottery', ?, ?, 'live', now())", session, host, "room-" + session);
        for (var participant : participants) {
            superuser.update("INSERT INTO public.session_participants (session_id, user_id) VALUES (?, ?)", session,
                    participant);
        }
        return session;
    }

    UUID recording(UUID session, String status) throws SQLException {
        var recording = UUID.randomUUID();
        superuser.update("INSERT INTO public.recordings (id, session_id, hms_recording_id, status) VALUES (?, ?, ?, ?)",
                recording, session, "hms-" + recording, status);
        return recording;
    }

    void progress(UUID recording, UUID session, long revision) throws SQLException {
        superuser.update("INSERT INTO kulti_recording.recording_progress"
                + " (recording_id, session_id, revision, room_id, hms_session_id, begun_at, facts, source_url)"
                + " VALUES (?, ?, ?, 'room', 'hms-session', '2026-01-01T10:00Z', '{}', 'https://source/?signed')",
                recording, session, revision);
    }

    @Override
    public void close() {
        superuser.close();
    }
}
