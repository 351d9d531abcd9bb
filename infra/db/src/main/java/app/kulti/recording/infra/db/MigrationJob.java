package app.kulti.recording.infra.db;

import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code java -jar kulti-db.jar}: migrates the database of {@link JobSettings} and ends, with 0 when it is up to date. */
final class MigrationJob {

    private static final Logger log = LoggerFactory.getLogger(MigrationJob.class);

    private MigrationJob() {}

    public static void main(String[] arguments) {
        System.exit(run(System.getenv()));
    }

    static int run(Map<String, String> environment) {
        try {
            var settings = JobSettings.from(environment);
            var database = new OwnerConnections(settings.url(), settings.username(), settings.password());
            int applied = new Migrations(database, settings.patience()).apply(settings.passwords());
            log.info("The database is up to date; migrations applied: {}, passwords set: {}", applied,
                    settings.passwords().keySet());
            return 0;
        } catch (IllegalArgumentException e) {
            log.error("A setting is missing or wrong.{}{}", System.lineSeparator(), e.getMessage());
        } catch (FlywayException | SQLException e) {
            log.error("The database was not migrated. {}", e.getMessage());
        }
        return 1;
    }
}
