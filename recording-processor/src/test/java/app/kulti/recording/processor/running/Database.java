package app.kulti.recording.processor.running;

import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.infra.db.LocalDatabase;
import app.kulti.recording.infra.local.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The app's side of the database: makes sessions, and looks at what the processor wrote. */
record Database(String jdbcUrl, String user, String password) {

    static void prepare(TestDatabase empty) {
        try {
            LocalDatabase.prepare(empty.jdbcUrl(), empty.user(), empty.password());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void session(SessionId session, UserId host, @Nullable RoomId room) {
        execute("INSERT INTO public.sessions (id, title, host_id, hms_room_id, status, started_at)"
                + " VALUES (?, 'A session', ?, ?, 'live', now() - interval '1 hour')", session.value(), host.value(),
                room == null ? null : room.value());
    }

    void execute(String sql, @Nullable Object... parameters) {
        try (var connection = connect(); var statement = connection.prepareStatement(sql)) {
            for (var index = 0; index < parameters.length; index++) {
                statement.setObject(index + 1, parameters[index]);
            }
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    List<Map<String, @Nullable Object>> rows(String sql, Object... parameters) {
        try (var connection = connect(); var statement = connection.prepareStatement(sql)) {
            for (var index = 0; index < parameters.length; index++) {
                statement.setObject(index + 1, parameters[index]);
            }
            var rows = new ArrayList<Map<String, @Nullable Object>>();
            try (var found = statement.executeQuery()) {
                while (found.next()) {
                    var row = new LinkedHashMap<String, @Nullable Object>();
                    for (var column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                        row.put(found.getMetaData().getColumnName(column), found.getObject(column));
                    }
                    rows.add(row);
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl, user, password);
    }
}
