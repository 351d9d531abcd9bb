package app.kulti.recording.infra.bench.list;

import app.kulti.recording.infra.local.LocalServiceException;
import app.kulti.recording.infra.local.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The load generator <a href="https://github.com/wg/wrk">wrk</a>: a closed loop of GET requests that are all the same. */
final class Wrk {
    private static final Pattern RATE = Pattern.compile("(?m)^Requests/sec:\\s+([0-9.]+)");
    private static final Duration START_AND_END = Duration.ofSeconds(30);

    private final Path executable;
    private final Path folder;

    private Wrk(Path executable, Path folder) {
        this.executable = executable;
        this.folder = folder;
    }

    /**
     * Finds it on this machine.
     *
     * @param folder for its output
     * @throws LocalServiceException saying what to install, when it is missing
     */
    static Wrk find(Path folder) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)).map(place -> Path.of(place, "wrk"))
                .filter(Files::isExecutable).findFirst().map(executable -> new Wrk(executable, folder))
                .orElseThrow(() -> new LocalServiceException("The load generator wrk is missing. Install it: "
                        + "apt-get install wrk (Debian, Ubuntu), brew install wrk (macOS)."));
    }

    /**
     * Requests per second.
     *
     * @throws IllegalStateException when one of them was not answered, or not with success
     */
    double rate(URI uri, Map<String, String> headers, int connections, int seconds) throws IOException {
        var log = Files.createTempFile(folder, "wrk", ".log");
        var command = new ArrayList<>(
                List.of(executable.toString(), "-t", "1", "-c", Integer.toString(connections), "-d",
                        seconds + "s", "--timeout", "10s"));
        headers.forEach((name, value) -> command.addAll(List.of("-H", name + ": " + value)));
        command.add(uri.toString());
        Program.of("wrk", command, log).start().awaitEnd(Duration.ofSeconds(seconds).plus(START_AND_END));
        var said = Files.readString(log);
        var rate = RATE.matcher(said);
        if (!rate.find() || said.contains("Non-2xx") || said.contains("Socket errors")) {
            throw new IllegalStateException("not every request was answered with success: " + said);
        }
        return Double.parseDouble(rate.group(1));
    }
}
