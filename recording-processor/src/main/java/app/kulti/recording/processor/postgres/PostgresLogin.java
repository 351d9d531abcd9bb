package app.kulti.recording.processor.postgres;

import app.kulti.recording.processor.ops.DatabaseLogin;
import java.time.Instant;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Asks for what only this login may see. */
final class PostgresLogin implements DatabaseLogin {
    private final DatabaseClient database;

    PostgresLogin(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Instant> time() {
        return database.sql("""
                SELECT clock_timestamp() AS now, EXISTS (SELECT FROM kulti_recording.recording_starts) AS may
                """).map(row -> From.instant(row, "now")).one();
    }
}
