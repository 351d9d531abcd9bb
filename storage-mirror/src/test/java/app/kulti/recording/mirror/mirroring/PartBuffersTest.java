package app.kulti.recording.mirror.mirroring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Room for five parts, and for up to three films. */
class PartBuffersTest {
    private static final long PART = 1 << 20;

    private final PartBuffers buffers = new PartBuffers(5 * PART, 3, PART);
    private final PartBuffers.Share greedy = buffers.share();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void end() {
        threads.shutdownNow();
        threads.close();
    }

    @Test
    void oneFilmMayHaveWhatTheOthersDoNotNeedToBegin() throws InterruptedException {
        take(greedy, 3);

        var another = taking(greedy);

        assertStillWaits(another);
        assertThat(buffers.inUse()).isEqualTo(3 * PART);
    }

    @Test
    void theOthersBeginAtOnceHoweverMuchOneWants() throws InterruptedException {
        take(greedy, 3);
        assertStillWaits(taking(greedy));

        assertThat(taking(buffers.share())).succeedsWithin(Duration.ofSeconds(5));
        assertThat(taking(buffers.share())).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void onceAllHaveBegunTheRestIsForWhoeverWantsIt() throws InterruptedException {
        var held = greedy.take(PART);
        take(greedy, 2);
        var second = buffers.share().take(PART);
        take(buffers.share(), 1);
        var waiting = taking(greedy);
        assertStillWaits(waiting);

        second.close();
        assertStillWaits(waiting);
        take(buffers.share(), 1);
        held.close();

        assertThat(waiting).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void nobodyOvertakesOneThatHasToWaitForMuch() throws InterruptedException {
        var held = greedy.take(PART);
        var large = CompletableFuture.supplyAsync(() -> unchecked(buffers.share(), 5 * PART), threads);
        assertStillWaits(large);

        var behind = taking(greedy);

        assertStillWaits(behind);
        held.close();
        assertThat(large).succeedsWithin(Duration.ofSeconds(5));
        large.join().close();
        assertThat(behind).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void whoStopsWaitingHoldsUpNobody() throws InterruptedException {
        var held = greedy.take(PART);
        var gone = threads.submit(() -> buffers.share().take(5 * PART));
        assertStillWaits(gone);
        var behind = taking(greedy);

        gone.cancel(true);

        assertThat(behind).succeedsWithin(Duration.ofSeconds(5));
        held.close();
        behind.join().close();
        assertThat(buffers.inUse()).isZero();
    }

    @Test
    void whatCanNeverFitIsRefused() {
        assertThatThrownBy(() -> greedy.take(5 * PART + 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void take(PartBuffers.Share share, int parts) throws InterruptedException {
        for (var i = 0; i < parts; i++) {
            share.take(PART);
        }
    }

    private CompletableFuture<PartBuffer> taking(PartBuffers.Share share) {
        return CompletableFuture.supplyAsync(() -> unchecked(share, PART), threads);
    }

    private static PartBuffer unchecked(PartBuffers.Share share, long bytes) {
        try {
            return share.take(bytes);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertStillWaits(Future<?> taking) {
        await().during(Duration.ofMillis(100)).atMost(Duration.ofSeconds(5))
                .until(() -> !taking.isDone());
    }
}
