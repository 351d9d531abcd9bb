package app.kulti.recording.mirror.mirroring;

import io.micrometer.context.ContextSnapshotFactory;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Threads that work on one copy: the first that fails ends all, and none outlives the copy. */
final class Crew implements AutoCloseable {
    private static final ContextSnapshotFactory CONTEXTS = ContextSnapshotFactory.builder().build();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CompletionService<@Nullable Void> tasks = new ExecutorCompletionService<>(threads);
    private final AtomicInteger unfinished = new AtomicInteger();

    /** Something between two ticks. */
    @FunctionalInterface
    interface Tick {
        void tick() throws CannotCopy;
    }

    void start(Callable<@Nullable Void> task) {
        unfinished.incrementAndGet();
        var context = CONTEXTS.captureAll();
        tasks.submit(() -> {
            try (var _ = context.setThreadLocals()) {
                return task.call();
            }
        });
    }

    /**
     * Waits for all tasks, also for those that tasks start; calls {@code each} whenever {@code every} has passed or one
     * ends.
     */
    void await(Duration every, Tick each)
            throws InterruptedException, CannotCopy, PlanVoid, Trouble, Patience.Exhausted {
        while (unfinished.get() > 0) {
            var ended = tasks.poll(every.toMillis(), TimeUnit.MILLISECONDS);
            if (ended != null) {
                unfinished.decrementAndGet();
                try {
                    ended.get();
                } catch (ExecutionException e) {
                    rethrow(e.getCause());
                }
            }
            each.tick();
        }
    }

    private static void rethrow(@Nullable Throwable failure)
            throws InterruptedException, CannotCopy, PlanVoid, Trouble, Patience.Exhausted {
        switch (failure) {
            case CannotCopy cannot -> throw cannot;
            case PlanVoid gone -> throw gone;
            case Trouble trouble -> throw trouble;
            case Patience.Exhausted exhausted -> throw exhausted;
            case InterruptedException interrupted -> throw interrupted;
            case null, default -> throw new IllegalStateException("a copy's thread failed", failure);
        }
    }

    /** Ends those that still run: on a virtual thread an interrupt closes the socket that is being waited for. */
    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
