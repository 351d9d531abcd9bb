package app.kulti.recording.infra.bench.mirror;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Processor time in user and system mode, from <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">
 * /proc/pid/stat</a>, in seconds.
 */
final class CpuTime {
    private static final double TICKS_PER_SECOND = 100;
    /** Counted from behind the name, which is in brackets and may hold anything. */
    private static final int UTIME = 11;
    private static final int CUTIME = 13;

    private CpuTime() {}

    /** What a process has used since it began, without its children. */
    static double of(long pid) throws IOException {
        return seconds(Long.toString(pid), UTIME);
    }

    /** What the children of this process had used that it has waited for. */
    static double ofEndedChildren() throws IOException {
        return seconds("self", CUTIME);
    }

    private static double seconds(String pid, int first) throws IOException {
        var stat = Files.readString(Path.of("/proc", pid, "stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[first]) + Long.parseLong(fields[first + 1])) / TICKS_PER_SECOND;
    }
}
