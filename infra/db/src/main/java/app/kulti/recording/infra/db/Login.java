package app.kulti.recording.infra.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.postgresql.util.PasswordUtil;

/** The database logins of this system, made by {@code db/bootstrap.sql}; what each may do is in the migrations. */
public enum Login {

    OWNER("kulti_owner"), GATEWAY("kulti_gateway"), PROCESSOR("kulti_processor"), OPS("kulti_ops");

    private final String role;

    Login(String role) {
        this.role = role;
    }

    /** The name to log in with. */
    public String role() {
        return role;
    }

    /** Sends SCRAM verifiers only, so that no log of the server can hold a password. */
    static void setPasswords(Connection connection, Map<Login, String> passwords) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var entry : passwords.entrySet()) {
                statement.execute(PasswordUtil.genAlterUserPasswordSQL(entry.getKey().role,
                        entry.getValue().toCharArray(), "scram-sha-256"));
            }
        }
    }
}
