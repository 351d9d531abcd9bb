package app.kulti.recording.mirror.mirroring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlotsTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Slots slots = new Slots(3, 2);

    @AfterEach
    void end() {
        threads.shutdownNow();
        threads.close();
    }

    @Test
    void thoseThatQueueAtOneHostKeepNobodyElseOut() throws InterruptedException {
        slots.take("slow");
        var second = slots.take("slow");
        var third = taking("slow");
        assertStillWaits(third);

        assertThat(taking("quick")).succeedsWithin(SOON);

        second.close();
        assertThat(third).succeedsWithin(SOON);
    }

    @Test
    void noMoreAreCopiedThanInAll() throws InterruptedException {
        var first = slots.take("one");
        slots.take("two");
        slots.take("three");
        var fourth = taking("four");
        assertStillWaits(fourth);

        first.close();

        assertThat(fourth).succeedsWithin(SOON);
    }

    @Test
    void whoStopsWaitingLeavesItsPlaceToOthers() throws InterruptedException {
        slots.take("one");
        slots.take("one");
        var last = slots.take("two");
        var gone = taking("two");
        assertStillWaits(gone);

        gone.cancel(true);
        last.close();

        assertThat(taking("two")).succeedsWithin(SOON);
    }

    private Future<Slots.Slot> taking(String host) {
        return threads.submit(() -> slots.take(host));
    }

    private static void assertStillWaits(Future<?> taking) {
        await().during(Duration.ofMillis(100)).atMost(SOON).until(() -> !taking.isDone());
    }
}
