package app.kulti.recording.gateway.live;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Looks after open streams while the gateway runs, and ends them before the web server would wait for them. */
final class StreamKeeper implements SmartLifecycle {
    private static final long EVERY_MILLIS = 1000;

    private final LiveStreams streams;
    private @Nullable Scheduler clockwork;

    StreamKeeper(LiveStreams streams) {
        this.streams = streams;
    }

    @Override
    public synchronized void start() {
        clockwork = Schedulers.newSingle("live-keeper", true);
        clockwork.schedulePeriodically(streams::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** In the highest phase, which is stopped first. */
    @Override
    public synchronized void stop() {
        streams.endForGood();
        if (clockwork != null) {
            clockwork.dispose();
            clockwork = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return clockwork != null;
    }
}
