package app.kulti.recording.infra.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * A database for the local run and for tests: a stand-in for the app's tables and Supabase's roles, then everything that
 * a real one gets, with passwords that anyone may know. Never for a real project.
 */
public final class LocalDatabase {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private LocalDatabase() {}

    /**
     * Makes or updates it, in one call, also when it has been there before. Logins belong to the whole server, so call it
     * for one database of a server after the other.
     *
     * @param jdbcUrl   {@code jdbc:postgresql://host:port/database}, an existing database
     * @param superuser the server's
     * @param password  the superuser's
     * @throws SQLException                          when the server refuses something
     * @throws org.flywaydb.core.api.FlywayException when a migration fails
     */
    public static void prepare(String jdbcUrl, String superuser, String password) throws SQLException {
        try (var connection = DriverManager.getConnection(jdbcUrl, superuser, password);
                var statement = connection.createStatement()) {
            statement.execute(script("/db/local/app.sql"));
            statement.execute(script("/db/bootstrap.sql"));
            Login.setPasswords(connection, passwords());
            new Migrations(new OwnerConnections(jdbcUrl, Login.OWNER.role(), passwordOf(Login.OWNER)), PATIENCE)
                    .apply(Map.of());
        }
    }

    /** The password that {@link #prepare} gives a login. */
    public static String passwordOf(Login login) {
        return login.role() + "-local";
    }

    private static Map<Login, String> passwords() {
        var passwords = new EnumMap<Login, String>(Login.class);
        for (var login : Login.values()) {
            passwords.put(login, passwordOf(login));
        }
        return passwords;
    }

    static String script(String resource) {
        try (var in = LocalDatabase.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
