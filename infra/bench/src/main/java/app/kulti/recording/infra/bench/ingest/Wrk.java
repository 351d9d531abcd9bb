package app.kulti.recording.infra.bench.ingest;

import app.kulti.recording.infra.local.LocalServiceException;
import app.kulti.recording.infra.local.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The load generator <a href="https://github.com/wg/wrk">wrk</a> with a script that posts a webhook of its own in every
 * request: a closed loop, each connection sends the next one when the last is answered.
 */
final class Wrk {
    private static final String SCRIPT = "webhook.lua";
    private static final String RESULT = "LOAD ";
    private static final int THREADS = 2;
    /** In which nothing more is sent, and everything answered. */
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);
    private static final Duration START_AND_END = Duration.ofSeconds(30);

    private final Path executable;
    private final Path script;
    private final Path folder;
    private final JsonMapper json = new JsonMapper();
    private int runs;

    private Wrk(Path executable, Path script, Path folder) {
        this.executable = executable;
        this.script = script;
        this.folder = folder;
    }

    /**
     * Finds it on this machine.
     *
     * @param folder for its script and its output
     * @throws LocalServiceException saying what to install, when it is missing
     */
    static Wrk find(Path folder) {
        var executable = Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(place -> Path.of(place, "wrk")).filter(Files::isExecutable).findFirst()
                .orElseThrow(() -> new LocalServiceException("The load generator wrk is missing. Install it: "
                        + "apt-get install wrk (Debian, Ubuntu), brew install wrk (macOS)."));
        var script = folder.resolve(SCRIPT);
        try (var file = Objects.requireNonNull(Wrk.class.getResourceAsStream(SCRIPT))) {
            Files.copy(file, script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Wrk(executable, script, folder);
    }

    /** Posts to {@code server} for {@code duration} over so many connections; every run's ids are its own. */
    Run post(URI server, int connections, Duration duration) throws IOException {
        runs++;
        var log = folder.resolve("wrk-%d.log".formatted(runs));
        Program.of("wrk", List.of(executable.toString(), "-t", Integer.toString(THREADS), "-c",
                Integer.toString(connections), "-d", duration.plus(LAST_ANSWERS).toSeconds() + "s", "--timeout", "10s",
                "-s", script.toString(), server.toString(), "--", Integer.toString(runs),
                Long.toString(duration.toSeconds())), log).start().awaitEnd(duration.plus(START_AND_END));
        var result = Files.readAllLines(log).stream().filter(line -> line.startsWith(RESULT)).findFirst()
                .orElseThrow(() -> new IllegalStateException("wrk said nothing; see " + log));
        return new Run(runs, duration, json.readValue(result.substring(RESULT.length()), Load.class));
    }

    /**
     * One of its runs.
     *
     * @param number the first part of its webhooks' ids
     */
    record Run(int number, Duration duration, Load load) {
        double requestsPerSecond() {
            return load.answered() / (double) duration.toSeconds();
        }

        double p99Millis() {
            return load.p99Micros() / 1000.0;
        }
    }
}
