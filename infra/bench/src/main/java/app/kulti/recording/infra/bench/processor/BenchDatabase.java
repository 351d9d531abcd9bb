package app.kulti.recording.infra.bench.processor;

import app.kulti.recording.infra.local.LocalPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A database as its superuser sees it: makes what a benchmark needs, and looks at what came of it. */
record BenchDatabase(int port, String name) {

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, name);
    }

    String r2dbcUrl() {
        return "r2dbc:postgresql://127.0.0.1:%d/%s".formatted(port, name);
    }

    /** A live session for each recording of the backlog. */
    void makeSessions(Backlog backlog) throws SQLException {
        execute("""
                INSERT INTO public.sessions (title, host_id, hms_room_id, status, started_at)
                SELECT '%1$s', gen_random_uuid(), '%1$s' || lpad(n::text, 8, '0'), 'live', now() - interval '2 days'
                FROM generate_series(0, %2$d - 1) n
                """.formatted(backlog.rooms(), backlog.recordings()));
        execute("ANALYZE public.sessions");
    }

    /**
     * Looks whether all of the backlog was applied: every recording completed, each webhook noted once, nothing refused or
     * left over.
     *
     * @throws IllegalStateException when it was not
     */
    void requireApplied(Backlog backlog) throws SQLException {
        require("recordings are completed", backlog.recordings(), """
                SELECT count(*) FROM public.recordings r JOIN public.sessions s ON s.id = r.session_id
                WHERE s.title = '%s' AND r.status = 'completed'
                """.formatted(backlog.rooms()));
        require("webhooks are in the history as applied", backlog.distinct(), """
                SELECT count(*) FROM kulti_recording.recording_history h
                JOIN public.recordings r ON r.id = h.recording_id JOIN public.sessions s ON s.id = r.session_id
                WHERE s.title = '%s' AND h.decision = 'applied'
                """.formatted(backlog.rooms()));
        require("webhooks were refused or found no recording", 0,
                "SELECT count(*) FROM kulti_recording.recording_history WHERE decision <> 'applied'");
    }

    private void require(String what, long expected, String sql) throws SQLException {
        var found = Long.parseLong(column(sql).getFirst());
        if (found != expected) {
            throw new IllegalStateException("%d %s, where it should be %d".formatted(found, what, expected));
        }
    }

    /** For each table of this system and each of the app's that it writes, a hash of all rows, whatever their order. */
    Map<String, String> hashes() throws SQLException {
        var hashes = new TreeMap<String, String>();
        for (var table : column("""
                SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
                WHERE schemaname IN ('public', 'kulti_recording') AND tablename <> 'flyway_schema_history'
                """)) {
            hashes.put(table, column("SELECT concat(count(*), '/', sum(hashtextextended(t::text, 0)::numeric)) FROM "
                    + table + " t").getFirst());
        }
        return hashes;
    }

    void execute(String sql) throws SQLException {
        try (var connection = connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    List<String> column(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), LocalPostgres.SUPERUSER, LocalPostgres.PASSWORD);
    }
}
