package app.kulti.recording.processor.postgres;

import app.kulti.recording.infra.messaging.TransientFaults;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientException;
import java.io.IOException;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which of the database's faults pass by themselves. */
final class PostgresFaults {
    // https://www.postgresql.org/docs/current/errcodes-appendix.html: connection, rollback (deadlock, serialization),
    // resources, operator intervention (shutdown, statement timeout), locks, system errors; a server that became a read-only one.
    private static final Pattern PASSING = Pattern.compile("08...|40...|53...|57...|55P03|58...|25006");
    private static final Pattern RACE = Pattern.compile("23503|23505");

    private PostgresFaults() {}

    /**
     * Connections that are gone or cannot be had, a server that starts, stops or is full, deadlocks, and limits that were
     * reached. A statement that is refused for what it says is none of these.
     */
    static Predicate<Throwable> passing() {
        return TransientFaults.anyCause(PostgresFaults::passes);
    }

    private static boolean passes(Throwable fault) {
        return switch (fault) {
            // What the server says of itself is surer than the class that the driver makes of it.
            case R2dbcException said when said.getSqlState() != null -> matches(PASSING, said.getSqlState());
            case R2dbcTransientException _,R2dbcNonTransientResourceException _,IOException _ -> true;
            default -> false;
        };
    }

    /** Whether another writer may have been faster with a row that others refer to, or that there may be only one of. */
    static boolean isRace(Throwable fault) {
        return TransientFaults.anyCause(cause -> cause instanceof Contended
                || (cause instanceof R2dbcException sql && matches(RACE, sql.getSqlState()))).test(fault);
    }

    private static boolean matches(Pattern states, @Nullable String state) {
        return state != null && states.matcher(state).matches();
    }
}
