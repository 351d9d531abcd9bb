package app.kulti.recording.infra.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** What a process takes of the machine's memory, as Linux counts it. */
final class Memory {

    private Memory() {}

    static long residentMebibytes(LocalProcess process) {
        var status = Path.of("/proc", Long.toString(process.pid()), "status");
        Assumptions.assumeTrue(Files.exists(status), "only Linux tells");
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst().orElseThrow() / 1024;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
