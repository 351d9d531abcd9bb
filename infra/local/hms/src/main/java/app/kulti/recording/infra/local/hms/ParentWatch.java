package app.kulti.recording.infra.local.hms;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Ends the process when the pipe from its parent does: a parent that was killed cannot say goodbye. */
final class ParentWatch {
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(5);

    private ParentWatch() {}

    /** @param exit runs once when the stream ends, on a thread of its own */
    static void start(InputStream fromParent, Runnable exit) {
        Thread.ofPlatform().daemon().name("parent-watch").start(() -> {
            untilEnd(fromParent);
            Thread.ofPlatform().daemon().name("last-resort").start(ParentWatch::haltLater);
            exit.run();
        });
    }

    private static void untilEnd(InputStream fromParent) {
        byte[] ignored = new byte[64];
        try {
            while (fromParent.read(ignored) >= 0) {
                // whatever it says, it lives
            }
        } catch (IOException _) {
            // a broken pipe is an end, too
        }
    }

    private static void haltLater() {
        try {
            Thread.sleep(LONGEST_GOODBYE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }
}
