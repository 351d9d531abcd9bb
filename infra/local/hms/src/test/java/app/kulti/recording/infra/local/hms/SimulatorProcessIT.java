package app.kulti.recording.infra.local.hms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar itself, as the local run starts it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SimulatorProcessIT {
    private static final Path JAR = Path.of("target", "kulti-hms-simulator.jar");
    private static final Pattern READY = Pattern.compile("100ms simulator ready: (http://\\S+)");

    @Test
    void theProcessEndsWhenItsParentIsGone(@TempDir Path data) throws Exception {
        Process process = start(data);
        try {
            URI base = untilReady(process);
            try (HttpClient http = HttpClient.newHttpClient()) {
                HttpRequest health = HttpRequest.newBuilder(base.resolve("/_simulator/health"))
                        .timeout(Duration.ofSeconds(10)).build();
                assertThat(http.send(health, BodyHandlers.ofString()).body()).isEqualTo("{\"status\":\"UP\"}");
            }

            // What the kernel does to the pipe of a parent that was killed.
            process.getOutputStream().close();

            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(Path data) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(java.toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-Xmx192m", "-jar", JAR.toAbsolutePath().toString()).redirectErrorStream(true);
        builder.environment().put("KULTI_SIMULATOR_PORT", "0");
        builder.environment().put("KULTI_SIMULATOR_DATA", data.toString());
        builder.environment().put("KULTI_SIMULATOR_DIEWITHPARENT", "true");
        return builder.start();
    }

    private static URI untilReady(Process process) throws IOException {
        BufferedReader log = process.inputReader();
        StringBuilder seen = new StringBuilder();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            seen.append(line).append('\n');
            Matcher ready = READY.matcher(line);
            if (ready.find()) {
                return URI.create(ready.group(1));
            }
        }
        throw new AssertionError("it never was ready:\n" + seen);
    }
}
