package app.kulti.recording.infra.bench.list;

import app.kulti.recording.infra.bench.processor.BenchDatabase;
import app.kulti.recording.infra.bench.processor.Pgbench;
import app.kulti.recording.infra.db.LocalDatabase;
import app.kulti.recording.infra.db.Login;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * The first page of the list by pgbench: as the same login, with the same claims, in a transaction of the same kind, the
 * query prepared once, all of it sent without waiting in between.
 */
final class PgbenchQuery {
    private final Pgbench pgbench;
    private final Path script;

    /**
     * The peer.
     *
     * @param query  with the parameters {@code $1} for the limit and {@code $2} for the offset
     * @param claims as JSON
     */
    PgbenchQuery(BenchDatabase database, String query, String claims, Path folder) throws IOException {
        this.pgbench = Pgbench.as(database, Login.GATEWAY.role(), LocalDatabase.passwordOf(Login.GATEWAY), folder);
        this.script = Files.writeString(folder.resolve("list.sql"), """
                \\set limit 20
                \\set offset 0
                \\startpipeline
                BEGIN READ ONLY;
                SELECT set_config('role', 'authenticated', true),
                  set_config('request.jwt.claims', convert_from(decode('%s', 'base64'), 'UTF8'), true);
                %s;
                ROLLBACK;
                \\endpipeline
                """.formatted(
                // As the gateway sends them; a colon of theirs would begin a variable here.
                Base64.getEncoder().encodeToString(claims.getBytes(StandardCharsets.UTF_8)),
                query.strip().replace("$1", ":limit").replace("$2", ":offset")));
    }

    /** Lists per second. */
    double rate(int clients, int seconds) throws IOException, InterruptedException {
        return pgbench.rate(script, clients, seconds);
    }
}
