package app.kulti.recording.infra.ops;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What every command works with.
 *
 * @param out        answers: sentences, or one JSON document with {@code --json}
 * @param err        what happens meanwhile, and what went wrong
 * @param atTerminal whether somebody looks at {@code err} as it comes
 * @param stop       whether the operator wants it to end
 * @param patience   how long the services may take to act on what was published
 */
public record Desk(OpsSettings settings, PrintWriter out, PrintWriter err, boolean atTerminal, InstantSource clock,
        Supplier<UUID> ids, Interruption stop, Duration patience) {

    /** A note on the way, for people only. */
    public void note(String line) {
        err.println(line);
        err.flush();
    }

    /** The same without an end, after {@code before}: where one line is written over and over. */
    void note(String before, String line) {
        err.print(before + line);
        err.flush();
    }
}
