package app.kulti.recording.infra.local;

import java.util.ArrayList;
import java.util.List;

/**
 * Ties a process to the one that starts it, with nothing but a POSIX shell.
 *
 * <p>The child's standard input is a pipe that only the parent holds open. A watcher reads from it: a line means that
 * the child is gone, the end of the pipe means "end the child", and the end comes whether the parent asks for it or
 * dies, by kill -9 too. The watcher is nobody's child (PostgreSQL takes the death of an unknown child for a crash of
 * its own), and the program replaces the shell, so that the process id is the program's own.
 *
 * <p>Where there is {@code setsid}, child and watcher get a session of their own, and both ignore INT anyhow: a Ctrl-C
 * in the terminal is for the parent alone, which ends its children in order, and whoever kills the parent's whole
 * process group leaves the watcher to its work.
 */
final class Leash {

    private static final String SESSION = """
            if command -v setsid >/dev/null; then exec setsid sh -c "$@"; fi
            exec sh -c "$@"
            """;

    private static final String WATCHED = """
            trap '' HUP INT
            exec 3<&0 </dev/null
            child=$$ signal=$1 seconds=$2
            shift 2
            ( (
              trap '' TERM
              read -r gone <&3 && exit
              kill -s "$signal" "$child"
              while [ "$seconds" -gt 0 ] && kill -s 0 "$child"; do sleep 1; seconds=$((seconds - 1)); done
              kill -s KILL "$child"
            ) >/dev/null 2>&1 & )
            exec 3<&-
            exec "$@"
            """;

    private Leash() {}

    static List<String> around(Program program) {
        var command = new ArrayList<>(List.of("sh", "-c", SESSION, "sh", WATCHED, "sh", program.stopSignal().name(),
                Long.toString(program.stopWithin().toSeconds())));
        command.addAll(program.command());
        return command;
    }
}
