package app.kulti.recording.processor.advance;

import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.infra.messaging.Traces;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Has everything that happens to a recording go on in one trace, that of the click which began it. What brought it about, a
 * webhook or another click, came with a trace of its own, and is linked; the answer to a command stays with who gave it.
 */
public final class RecordingTraces {
    private final Traces traces;

    /** Over {@code traces}. */
    public RecordingTraces(Traces traces) {
        this.traces = traces;
    }

    /**
     * The events of {@code changes}, as they are to be published.
     *
     * @param begun when deciding began
     */
    List<Envelope<RecordingEvent>> goingOn(Changes changes, Instant begun) {
        return traces.areOn() && !changes.clicks().isEmpty()
                ? changes.events().stream().map(event -> goingOn(event, changes, begun)).toList()
                : changes.events();
    }

    private Envelope<RecordingEvent> goingOn(Envelope<RecordingEvent> event, Changes changes, Instant begun) {
        if (!(event.message() instanceof RecordingEvent.OfRecording said)) {
            return event;
        }
        var id = said.state().recordingId();
        var click = changes.clicks().get(id);
        if (click == null || Traces.areOne(click, event.traceparent())) {
            return event;
        }
        var span = traces.goingOnFrom(click, event.traceparent()).name("advance recording")
                .startTimestamp(micros(begun), TimeUnit.MICROSECONDS)
                .tag("recording.id", id.toString())
                .tag("recording.status", said.state().status().name()).start();
        span.end();
        return event.traced(traces.traceparent(span));
    }

    private static long micros(Instant time) {
        return Duration.between(Instant.EPOCH, time).toNanos() / 1000;
    }
}
