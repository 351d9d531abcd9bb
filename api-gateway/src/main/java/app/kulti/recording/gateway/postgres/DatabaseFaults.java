package app.kulti.recording.gateway.postgres;

import app.kulti.recording.gateway.failure.Problem;
import app.kulti.recording.gateway.failure.ProblemType;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a database that is away from a query that is wrong. */
final class DatabaseFaults {
    private static final Logger log = LoggerFactory.getLogger(DatabaseFaults.class);

    /**
     * Connection lost, out of resources, shutting down or a time limit, a login that is refused.
     *
     * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL error codes</a>
     */
    private static final String[] AWAY = {"08", "53", "57", "28"};

    private DatabaseFaults() {}

    /** What the caller of a request is told; what is no database's absence stays as it is. */
    static Throwable told(Throwable thrown) {
        if (!(thrown instanceof R2dbcException fault) || !isAway(fault)) {
            return thrown;
        }
        log.warn("The database cannot be asked: {}", fault.toString());
        return new Problem(ProblemType.UNAVAILABLE, "The database does not answer. Try again shortly.");
    }

    private static boolean isAway(R2dbcException fault) {
        var state = fault.getSqlState();
        if (state != null) {
            // More exact than the exception's type: the driver takes a write in a read-only transaction for a passing fault.
            return Stream.of(AWAY).anyMatch(state::startsWith);
        }
        return switch (fault) {
            case R2dbcTransientException _ -> true;
            case R2dbcNonTransientResourceException _ -> true;
            default -> false;
        };
    }
}
