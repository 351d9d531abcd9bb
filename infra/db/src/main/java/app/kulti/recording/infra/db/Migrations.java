package app.kulti.recording.infra.db;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Applies the migrations, as {@code kulti_owner}, to a database that {@code db/bootstrap.sql} has prepared. Their files
 * are named {@code <timestamp>_<words>.sql}, so that the folder serves as Supabase migrations unchanged.
 */
final class Migrations {

    private static final String SCHEMA = "kulti_recording";

    private final OwnerConnections database;
    private final Duration patience;

    /**
     * @param patience how long the database may take to answer: it is asked once a second, and as often as this has seconds
     */
    Migrations(OwnerConnections database, Duration patience) {
        this.database = database;
        this.patience = patience;
    }

    /**
     * Brings the database up to date; nothing happens when it is.
     *
     * @param passwords of the logins that are to have one; the others keep theirs
     * @return how many migrations were applied
     * @throws FlywayException when the database did not answer in time, or a migration failed; those applied before it
     *                         stay
     * @throws SQLException    when a password was refused
     */
    int apply(Map<Login, String> passwords) throws SQLException {
        int applied = flyway().migrate().migrationsExecuted;
        try (var connection = database.getConnection()) {
            try (var statement = connection.createStatement()) {
                // Every table of the schema has row level security on, Flyway's own too; its owner is not held up by it.
                statement.execute("ALTER TABLE " + SCHEMA + ".flyway_schema_history ENABLE ROW LEVEL SECURITY");
            }
            Login.setPasswords(connection, passwords);
        }
        return applied;
    }

    private Flyway flyway() {
        return Flyway.configure()
                .dataSource(database)
                .connectRetries(Math.toIntExact(patience.toSeconds()))
                .connectRetriesInterval(1)
                .locations("classpath:db/migration")
                .failOnMissingLocations(true)
                .sqlMigrationPrefix("")
                .sqlMigrationSeparator("_")
                .validateMigrationNaming(true)
                // Its history lies in our own schema, so a public schema full of the app's tables is no obstacle.
                .schemas(SCHEMA)
                .createSchemas(false)
                // A change that queues behind a long reader makes everybody behind it wait as well: give up early.
                .initSql("SET lock_timeout = '30s'; SET statement_timeout = '30min'")
                .load();
    }
}
