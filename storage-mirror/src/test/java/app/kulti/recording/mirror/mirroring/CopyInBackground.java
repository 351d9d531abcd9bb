package app.kulti.recording.mirror.mirroring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A copy on a thread of its own. */
final class CopyInBackground {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Future<Ending> copy;

    CopyInBackground(Callable<Ending> copy) {
        this.copy = threads.submit(copy);
    }

    void interrupt() {
        threads.shutdownNow();
    }

    /** Its ending; null when it was interrupted. */
    @Nullable
    Ending join() throws InterruptedException {
        try (threads) {
            return copy.get();
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(InterruptedException.class);
            return null;
        }
    }
}
