package app.kulti.recording.infra.db;

import static org.awaitility.Awaitility.await;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A statement that is held up by a lock, beside the test that holds it. */
final class Background implements AutoCloseable {

    private final CompletableFuture<Void> work;

    private Background(CompletableFuture<Void> work) {
        this.work = work;
    }

    static Background run(Callable<?> statement) {
        return new Background(CompletableFuture.runAsync(() -> {
            try {
                statement.call();
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        }));
    }

    /** Waits until a statement of this database waits for the holder's transaction. */
    void awaitLockOf(Sql holder) {
        await().atMost(10, TimeUnit.SECONDS).until(() -> {
            if (work.isDone()) {
                work.join();
                throw new AssertionError("It did not wait for the lock");
            }
            return Boolean.TRUE.equals(holder.value("SELECT count(*) > 0 FROM pg_locks WHERE NOT granted"
                    + " AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"));
        });
    }

    void awaitEnd() throws Exception {
        work.get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        work.cancel(true);
    }
}
