package app.kulti.recording.infra.bench.processor;

import app.kulti.recording.infra.local.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * PostgreSQL's own <a href="https://www.postgresql.org/docs/17/pgbench.html">pgbench</a>: what a server does when each
 * change is a statement, a round trip and a commit of its own.
 */
final class Pgbench {
    private static final Pattern RATE = Pattern.compile("(?m)^tps = ([0-9.]+)");
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final int LIMIT_SECONDS = 120;

    private final Path program;
    private final BenchDatabase database;
    private final Path folder;

    /** One whose tables lie in {@code database}. */
    Pgbench(BenchDatabase database, Path folder) throws IOException, InterruptedException {
        this.program = find();
        this.database = database;
        this.folder = folder;
        run("--initialize", "--scale=1", "--quiet");
    }

    /**
     * Single-row updates per second, each prepared and committed by itself, of 100,000 rows at random.
     *
     * @param clients connections that do so at once
     */
    double updates(int clients, int seconds) throws IOException, InterruptedException {
        var script = Files.writeString(folder.resolve("single-row-update.sql"), """
                \\set aid random(1, 100000)
                UPDATE pgbench_accounts SET abalance = abalance + 1 WHERE aid = :aid;
                """);
        var said = run("--client=" + clients, "--jobs=2", "--time=" + seconds, "--protocol=prepared", "--no-vacuum",
                "--file=" + script);
        var rate = RATE.matcher(said);
        if (!rate.find()) {
            throw new IllegalStateException("pgbench gave no rate: " + said);
        }
        return Double.parseDouble(rate.group(1));
    }

    private String run(String... options) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(Arrays.asList(options));
        command.addAll(List.of("--host=127.0.0.1", "--port=" + database.port(), "--username="
                + LocalPostgres.SUPERUSER, database.name()));
        var log = folder.resolve("pgbench.log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("PGPASSWORD", LocalPostgres.PASSWORD);
        var process = builder.start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        var said = Files.readString(log);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("pgbench failed: " + said);
        }
        return said;
    }

    /** On the path, else where Debian puts it, of the newest version there. */
    private static Path find() throws IOException {
        var onPath = Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)).map(Path::of)
                .map(folder -> folder.resolve("pgbench")).filter(Files::isExecutable).findFirst();
        if (onPath.isPresent()) {
            return onPath.get();
        }
        if (Files.isDirectory(DEBIAN)) {
            try (var versions = Files.list(DEBIAN)) {
                var newest = versions.map(version -> version.resolve("bin/pgbench")).filter(Files::isExecutable)
                        .max(Comparator.naturalOrder());
                if (newest.isPresent()) {
                    return newest.get();
                }
            }
        }
        throw new IllegalStateException("pgbench is not installed. On Debian it is part of the package postgresql:"
                + " apt-get install postgresql");
    }
}
