package app.kulti.recording.infra.local.run;

import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** What the Kulti app does before anyone records: it makes sessions and lets people in. Writes to the database as the app would. */
public final class LocalApp {
    private final String jdbcUrl;
    private final String user;
    private final String password;

    LocalApp(String jdbcUrl, String user, String password) {
        this.jdbcUrl = jdbcUrl;
        this.user = user;
        this.password = password;
    }

    /** A live session of {@code host} in {@code room}, with its participants; returns its id. */
    public UUID session(String title, UUID host, String room, List<UUID> participants) {
        var session = UUID.randomUUID();
        execute("insert into public.sessions (id, title, host_id, hms_room_id, status, started_at)"
                + " values (?, ?, ?, ?, 'live', now())", statement -> {
                    statement.setObject(1, session);
                    statement.setString(2, title);
                    statement.setObject(3, host);
                    statement.setString(4, room);
                    statement.executeUpdate();
                });
        execute("insert into public.session_participants (session_id, user_id) values (?, ?)", statement -> {
            for (var participant : participants) {
                statement.setObject(1, session);
                statement.setObject(2, participant);
                statement.addBatch();
            }
            statement.executeBatch();
        });
        return session;
    }

    private void execute(String sql, Work work) {
        try (var connection = DriverManager.getConnection(jdbcUrl, user, password);
                var statement = connection.prepareStatement(sql)) {
            work.with(statement);
        } catch (SQLException e) {
            throw new IllegalStateException("the app's own tables could not be written", e);
        }
    }

    @FunctionalInterface
    private interface Work {
        void with(PreparedStatement statement) throws SQLException;
    }
}
