package app.kulti.recording.infra.ops;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether the operator wants it to stop. What takes long asks between two steps, and leaves a state to resume from. */
public final class Interruption {
    private static final Duration FAREWELL = Duration.ofSeconds(15);

    private final CountDownLatch wanted = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean heeded;

    /** Listens to Ctrl-C and to a polite kill. */
    void listen() {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("interruption").unstarted(this::end));
    }

    /** Asks to stop, and waits for {@link #over}; not for those who never asked whether they are to, and only look. */
    void end() {
        request();
        try {
            if (heeded) {
                var _ = over.await(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks to stop. */
    public void request() {
        wanted.countDown();
    }

    /** Everything is said and stored. */
    void over() {
        over.countDown();
    }

    public boolean isRequested() {
        heeded = true;
        return wanted.getCount() == 0;
    }

    /** Waits so long, or until it is to stop; whether it is. */
    public boolean within(Duration pause) {
        heeded = true;
        try {
            return wanted.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
