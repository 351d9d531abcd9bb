package app.kulti.recording.infra.db;

import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Connections of {@code kulti_owner}. What waiting cannot mend (a wrong password, no such database, a server that is
 * too old) is thrown as a {@link FlywayException}, which ends Flyway's patience at once; other failures it tries again.
 */
final class OwnerConnections extends PGSimpleDataSource {

    private static final long serialVersionUID = 1L;

    /** The first with UNIQUE NULLS NOT DISTINCT. */
    private static final int OLDEST_SERVER = 15;
    private static final int CONNECT_SECONDS = 2;

    /**
     * @param jdbcUrl {@code jdbc:postgresql://host:port/database}, with parameters such as {@code sslmode} if need be
     * @throws IllegalArgumentException when it is not that
     */
    OwnerConnections(String jdbcUrl, String username, String password) {
        setConnectTimeout(CONNECT_SECONDS);
        setTcpKeepAlive(true);
        setApplicationName("kulti-db");
        setUrl(jdbcUrl);
        setUser(username);
        setPassword(password);
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            var connection = super.getConnection();
            requireSupported(connection);
            return connection;
        } catch (SQLException e) {
            if (isLasting(e)) {
                throw new FlywayException("%s (login %s). Has db/bootstrap.sql been applied, and the password set?"
                        .formatted(e.getMessage(), getUser()), e);
            }
            throw e;
        }
    }

    private static void requireSupported(Connection connection) throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        if (version < OLDEST_SERVER) {
            connection.close();
            throw new FlywayException(
                    "PostgreSQL %d or newer is needed, but this server is %d".formatted(OLDEST_SERVER, version));
        }
    }

    /** Class 28 is a refused login, 3D000 a database that does not exist. */
    private static boolean isLasting(SQLException e) {
        var state = e.getSQLState();
        return state != null && (state.startsWith("28") || state.equals("3D000"));
    }
}
