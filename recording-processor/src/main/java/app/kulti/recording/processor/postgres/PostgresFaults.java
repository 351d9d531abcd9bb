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
    // A login, database, schema, right, table, column, type, function or constraint that is not there (yet): the statements are the same for every record.
    private static final Pattern PASSING = Pattern.compile(
            "08...|40...|53...|57...|55P03|58...|25006|28...|3D000|3F000|42501|42P01|42P10|42703|42704|42883");
    private static final Pattern RACE = Pattern.compile("23503|23505");

    private PostgresFaults() {}

    /**
     * Connections that are gone or cannot be had, a server that starts, stops or is full, deadlocks, limits that were
     * reached, and a password or a schema that is not yet what this version wants: a record that waits for an operator is
     * better than a topic that is put aside. A statement that is refused for what is in the record is none of these.
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
