package app.kulti.recording.processor.reconcile;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

/** Runs something again and again while the service is up; a round that fails is made up for by the next one. */
public final class Schedule implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Schedule.class);
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(30);

    private final Mono<Void> round;
    private final Duration pause;
    private volatile @Nullable Disposable running;
    private volatile boolean failing;

    /**
     * A schedule that does not run yet.
     *
     * @param pause between the end of a round and the next one
     */
    public Schedule(Mono<Void> round, Duration pause) {
        this.round = round;
        this.pause = pause;
    }

    @Override
    public void start() {
        running = Mono.delay(pause)
                .then(round.timeout(LONGEST_ROUND).doOnSuccess(_ -> failing = false).onErrorResume(this::failed))
                .repeat().subscribe();
    }

    /** Said once, however long it lasts. */
    private Mono<Void> failed(Throwable fault) {
        if (!failing) {
            // One fault of the database fails each kind of work; they are told as one.
            var faults = Exceptions.unwrapMultiple(fault).stream().map(Throwable::toString).distinct().toList();
            log.warn("What is due cannot be taken up for now: {}", String.join("; ", faults));
        }
        failing = true;
        return Mono.empty();
    }

    @Override
    public void stop() {
        var now = running;
        running = null;
        if (now != null) {
            now.dispose();
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}
