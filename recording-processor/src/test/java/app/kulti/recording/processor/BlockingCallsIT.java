package app.kulti.recording.processor;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** That the watch which the other tests rely on is awake. */
class BlockingCallsIT {
    static {
        BlockingCalls.watch();
    }

    @Test
    void aBlockedEventLoopIsNoticed() {
        assertThatThrownBy(() -> Mono.fromRunnable(() -> LockSupport.parkNanos(1)).subscribeOn(Schedulers.parallel())
                .block(Duration.ofSeconds(5))).hasRootCauseInstanceOf(BlockingOperationError.class);
    }
}
