package app.kulti.recording.infra.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What all cores together have done, from <a href="https://man7.org/linux/man-pages/man5/proc_stat.5.html">/proc/stat</a>.
 *
 * @param busySeconds spent in user and system mode
 * @param stolenSeconds taken away by other guests of the same host: a round with much of it says little
 */
public record MachineTime(double busySeconds, double stolenSeconds) {
    private static final Path STAT = Path.of("/proc/stat");
    /** USER_HZ, which Linux keeps at 100 for /proc whatever the kernel's own tick. */
    private static final double TICKS_PER_SECOND = 100;

    static MachineTime now() throws IOException {
        try (var lines = Files.lines(STAT)) {
            return of(lines.findFirst().orElseThrow());
        }
    }

    /** Reads the line {@code cpu user nice system idle iowait irq softirq steal …}. */
    static MachineTime of(String line) {
        var fields = line.strip().split("\\s+");
        var busy = ticks(fields, 1) + ticks(fields, 2) + ticks(fields, 3) + ticks(fields, 6) + ticks(fields, 7);
        return new MachineTime(busy / TICKS_PER_SECOND, ticks(fields, 8) / TICKS_PER_SECOND);
    }

    MachineTime since(MachineTime before) {
        return new MachineTime(busySeconds - before.busySeconds, stolenSeconds - before.stolenSeconds);
    }

    private static long ticks(String[] fields, int index) {
        return Long.parseLong(fields[index]);
    }
}
