package app.kulti.recording.infra.ops.postgres;

import app.kulti.recording.infra.ops.OpsSettings;
import app.kulti.recording.infra.ops.Told;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One connection with the operators' login, which can read and do nothing else. */
public final class Database implements AutoCloseable {
    private final OpsSettings.Login login;
    private final Connection connection;

    /**
     * Connects.
     *
     * @param name what {@code pg_stat_activity} shows of it to other operators
     * @throws Told when it cannot
     */
    public Database(OpsSettings settings, String name) {
        this.login = settings.database();
        var with = new Properties();
        with.setProperty("user", login.username());
        with.setProperty("password", login.password());
        with.setProperty("ApplicationName", name);
        with.setProperty("connectTimeout", "10");
        with.setProperty("socketTimeout", "75");
        with.setProperty("tcpKeepAlive", "true");
        try {
            this.connection = DriverManager.getConnection(login.url(), with);
        } catch (SQLException e) {
            throw told(e);
        }
    }

    /** A row, as a query sees it. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** All rows; parameters are arrays for {@code ANY (?)}, or what JDBC takes as it is. */
    public <T> List<T> list(String sql, Row<T> row, Object... parameters) {
        try (var statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            try (var rows = statement.executeQuery()) {
                var all = new ArrayList<T>();
                while (rows.next()) {
                    all.add(row.read(rows));
                }
                return all;
            }
        } catch (SQLException e) {
            throw told(e);
        }
    }

    /** The first row. */
    public <T> Optional<T> first(String sql, Row<T> row, Object... parameters) {
        return list(sql, row, parameters).stream().findFirst();
    }

    private void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (var i = 0; i < parameters.length; i++) {
            switch (parameters[i]) {
                case String[] texts -> statement.setArray(i + 1, connection.createArrayOf("text", texts));
                case UUID[] ids -> statement.setArray(i + 1, connection.createArrayOf("uuid", ids));
                case Instant instant -> statement.setObject(i + 1, instant.atOffset(ZoneOffset.UTC));
                default -> statement.setObject(i + 1, parameters[i]);
            }
        }
    }

    /** A moment of the row, where it has one. */
    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var moment = row.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }

    private Told told(SQLException e) {
        // Class 28: the login; 3D: no such database. The message may name the address, but never the password.
        var state = String.valueOf(e.getSQLState());
        if (state.startsWith("28")) {
            return Told.unreachable(
                    "PostgreSQL does not let %s in: mend SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD."
                            .formatted(login.username()),
                    e);
        }
        if (state.startsWith("42")) {
            return Told.unreachable("PostgreSQL refuses %s a question (%s). Are all migrations applied?".formatted(
                    login.username(), state), e);
        }
        return Told.unreachable("PostgreSQL does not answer (%s). Is it up, and is SPRING_DATASOURCE_URL right?"
                .formatted(state), e);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException _) {
            // It is gone, which is what was wanted.
        }
    }
}
