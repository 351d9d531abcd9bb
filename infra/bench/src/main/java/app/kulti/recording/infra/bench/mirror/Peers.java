package app.kulti.recording.infra.bench.mirror;

import app.kulti.recording.infra.local.LocalServiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Somebody else's program that copies, run once for each copy. */
final class Peers {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private Peers() {}

    /** Finds a program on this machine; otherwise says how to get it. */
    static String find(String program, String mend) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(place -> Path.of(place, program)).filter(Files::isExecutable).findFirst()
                .orElseThrow(() -> new LocalServiceException("%s is missing. Install it: %s".formatted(program, mend)))
                .toString();
    }

    /**
     * Runs it to its end.
     *
     * @return its exit status, and what it took
     */
    static Ended run(Path log, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        var before = CpuTime.ofEndedChildren();
        var began = System.nanoTime();
        var builder = new ProcessBuilder(new ArrayList<>(command)).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().remove("AWS_CA_BUNDLE");
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new LocalServiceException("%s had not ended after %s; see %s".formatted(command.getFirst(), LIMIT,
                        log));
            }
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), (System.nanoTime() - began) / 1e9, CpuTime.ofEndedChildren() - before);
    }

    record Ended(int status, double seconds, double cpuSeconds) {
        Copied orElseThrow(String who, long bytes, Path log) {
            if (status != 0) {
                throw new LocalServiceException("%s ended with status %d; see %s".formatted(who, status, log));
            }
            return new Copied(bytes, seconds, cpuSeconds);
        }
    }
}
