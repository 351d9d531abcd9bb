package app.kulti.recording.processor.advance;

import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.wire.Envelope;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * One batch: decide and write it in one transaction, announce what it changed, ask 100ms what has to be asked, in that
 * order. A crash anywhere in between is mended by the batch coming again, or by the schedule.
 */
public final class Advance {
    private final RecordingStore store;
    private final Announcements announcements;
    private final CallHms calls;
    private final InstantSource clock;
    private final Duration limit;
    private final Outcomes outcomes;
    private final RecordingTraces traces;

    /**
     * Takes what every kind of record needs.
     *
     * @param limit how long the transaction, and then the announcing, may take
     */
    public Advance(RecordingStore store, Announcements announcements, CallHms calls, InstantSource clock,
            Duration limit, Outcomes outcomes, RecordingTraces traces) {
        this.store = store;
        this.announcements = announcements;
        this.calls = calls;
        this.clock = clock;
        this.limit = limit;
        this.outcomes = outcomes;
        this.traces = traces;
    }

    /** Blocks until all is written and announced; whatever fails, fails here. */
    void apply(Scope scope, Consumer<Draft> decide) {
        var begun = clock.instant();
        var changes = store.change(scope, snapshot -> {
            var draft = new Draft(snapshot, clock.instant());
            decide.accept(draft);
            return draft.changes();
        }).timeout(limit).blockOptional().orElseThrow();
        outcomes.count(changes, clock.instant());
        announce(traces.goingOn(changes, begun));
        changes.calls().forEach(asked -> calls.now(asked.call(), asked.traceparent()));
    }

    private void announce(List<Envelope<RecordingEvent>> events) {
        if (events.isEmpty()) {
            return;
        }
        try {
            announcements.publish(events).get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotAnnounced(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new NotAnnounced(e);
        }
    }

    /** The batch is written, but not all of it announced; it has to come again. */
    static final class NotAnnounced extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotAnnounced(Exception cause) {
            super("what a batch changed could not be announced", cause);
        }
    }

    /** Where events go. */
    public interface Announcements {
        /** Done once all are safe on their topic. */
        CompletableFuture<Void> publish(List<Envelope<RecordingEvent>> events);
    }
}
