package app.kulti.recording.infra.db;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection that says in one line what a test asks of it. */
final class Sql implements AutoCloseable {

    private final Connection connection;

    Sql(String jdbcUrl, String user, String password) {
        try {
            connection = DriverManager.getConnection(jdbcUrl, user, password);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Connection connection() {
        return connection;
    }

    /** Runs a script or a statement without parameters. */
    void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** How many rows it touched. */
    int update(String sql, @Nullable Object... parameters) throws SQLException {
        try (var statement = prepare(sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    /** The first column of each row. */
    List<@Nullable Object> column(String sql, @Nullable Object... parameters) throws SQLException {
        try (var statement = prepare(sql, parameters); var rows = statement.executeQuery()) {
            var column = new ArrayList<@Nullable Object>();
            while (rows.next()) {
                column.add(rows.getObject(1));
            }
            return column;
        }
    }

    /** The first column of the only row. */
    @Nullable
    Object value(String sql, @Nullable Object... parameters) throws SQLException {
        var column = column(sql, parameters);
        if (column.size() != 1) {
            throw new AssertionError("%d rows instead of one: %s".formatted(column.size(), sql));
        }
        return column.getFirst();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private PreparedStatement prepare(String sql, @Nullable Object... parameters) throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }
}
