package app.kulti.recording.processor.advance;

import app.kulti.recording.events.RecordingFinding;
import app.kulti.recording.events.wire.Envelope;
import reactor.core.publisher.Mono;

/** Where findings go: a record like any other. */
public interface Findings {
    /** Done once it is safe on its topic. May be subscribed to from any thread. */
    Mono<Void> publish(Envelope<RecordingFinding> finding);
}
