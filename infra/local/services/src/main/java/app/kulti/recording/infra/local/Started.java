package app.kulti.recording.infra.local;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What was started, ended in the opposite order: at {@link #close}, or when this JVM ends, by Ctrl-C too. */
public final class Started implements AutoCloseable {

    private final Deque<AutoCloseable> things = new ArrayDeque<>();
    private boolean closed;

    private Started() {}

    public static Started endingWithThisJvm() {
        var started = new Started();
        Runtime.getRuntime().addShutdownHook(new Thread(started::close, "end what was started"));
        return started;
    }

    /**
     * Takes care of one more.
     *
     * @return the same
     * @throws IllegalStateException when all the others have been ended already; this one then is, too
     */
    public <T extends AutoCloseable> T add(T thing) {
        synchronized (things) {
            if (!closed) {
                things.push(thing);
                return thing;
            }
        }
        var tooLate = new IllegalStateException("Ended while it was starting");
        end(thing, tooLate);
        throw tooLate;
    }

    /** Ends all, also when one of them cannot be ended; says so afterwards. */
    @Override
    public void close() {
        var trouble = new IllegalStateException("Not everything could be ended");
        for (var thing = next(); thing != null; thing = next()) {
            end(thing, trouble);
        }
        if (trouble.getSuppressed().length > 0) {
            throw trouble;
        }
    }

    private @Nullable AutoCloseable next() {
        synchronized (things) {
            closed = true;
            return things.poll();
        }
    }

    private static void end(AutoCloseable thing, Exception trouble) {
        try {
            thing.close();
        } catch (Exception e) {
            trouble.addSuppressed(e);
        }
    }
}
