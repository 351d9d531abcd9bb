package app.kulti.recording.infra.local.testing;

/**
 * A database of a test's own.
 *
 * @param user the superuser; other logins reach the database by the same addresses
 */
public record TestDatabase(String host, int port, String name, String user, String password) {

    public String jdbcUrl() {
        return "jdbc:postgresql://%s:%d/%s".formatted(host, port, name);
    }

    public String r2dbcUrl() {
        return "r2dbc:postgresql://%s:%d/%s".formatted(host, port, name);
    }
}
