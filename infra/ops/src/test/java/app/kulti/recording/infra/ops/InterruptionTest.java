package app.kulti.recording.infra.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InterruptionTest {
    private final Interruption interruption = new Interruption();

    @Test
    void whoOnlyLooksEndsAtOnce() {
        assertThat(CompletableFuture.runAsync(interruption::end)).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void whoAsksWhetherToStopMayTidyUpFirst() {
        assertThat(interruption.isRequested()).isFalse();
        var ending = CompletableFuture.runAsync(interruption::end);
        await().atMost(Duration.ofSeconds(5)).until(interruption::isRequested);
        assertThat(ending).isNotDone();

        interruption.over();
        assertThat(ending).succeedsWithin(Duration.ofSeconds(5));
    }
}
