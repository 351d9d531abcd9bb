package app.kulti.recording.infra.ops.postgres;

import app.kulti.recording.infra.ops.OpsSettings;
import app.kulti.recording.infra.ops.Told;
import app.kulti.recording.infra.ops.Why;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * Lets one operator at a time change something in bulk. It is an advisory lock of PostgreSQL: held by a connection, so that
 * it ends with a process however that ends, and shown with its holder's name. A consumer group of one would need a poll
 * loop beside the work, and keeps a dead holder's place until its session times out.
 */
public final class OneAtATime implements AutoCloseable {
    /** Known to this tool alone; "kulti" on a telephone's keys. */
    private static final long KEY = 58_584L;

    private static final String HOLDER = """
            SELECT a.application_name, a.backend_start FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.granted AND l.classid = 0 AND l.objid = ? AND l.objsubid = 1
            """;
    // PostgreSQL cuts names at 63 bytes.
    private static final int LONGEST_NAME = 40;

    private final Database database;

    private OneAtATime(Database database) {
        this.database = database;
    }

    private record Holder(String name, Instant since) {}

    /**
     * Takes the place.
     *
     * @throws Told who has it, when somebody has
     */
    public static OneAtATime take(OpsSettings settings, Why.Said said, String deed) {
        var who = said.by().length() > LONGEST_NAME ? said.by().substring(0, LONGEST_NAME) : said.by();
        var database = new Database(settings, "kulti-ops %s: %s".formatted(deed, who));
        var taken = database.first("SELECT pg_try_advisory_lock(?)", row -> row.getBoolean(1), KEY).orElse(false);
        if (taken) {
            return new OneAtATime(database);
        }
        var holder = database.first(HOLDER, row -> new Holder(row.getString(1),
                row.getObject(2, OffsetDateTime.class).toInstant()), KEY);
        database.close();
        throw Told.busy(holder.map(other -> "Somebody else is at it: \"%s\", since %s. Wait for its end, or ask."
                .formatted(other.name(), other.since()))
                .orElse("Somebody else was at it just now. Try again."));
    }

    @Override
    public void close() {
        database.close();
    }
}
