package app.kulti.recording.infra.local.hms.beam;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the steps of recordings when their time has come, one at a time. */
final class Steps implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Steps.class);

    private final ScheduledExecutorService timer = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("beams").factory());

    void after(Duration pause, Runnable step) {
        var _ = timer.schedule(() -> {
            try {
                step.run();
            } catch (RuntimeException e) {
                // Otherwise only the future that nobody keeps would know.
                log.error("a recording is stuck", e);
            }
        }, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Once there is a result, or none to be had, but not before the pause is over. */
    <T> void after(Duration pause, CompletableFuture<T> result,
            BiConsumer<@Nullable T, @Nullable Throwable> step) {
        var paused = new CompletableFuture<@Nullable Void>();
        after(pause, () -> paused.complete(null));
        var _ = result.thenCombine(paused, (value, _) -> value).whenCompleteAsync(step, timer);
    }

    /** Leaves those that have not been taken. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
