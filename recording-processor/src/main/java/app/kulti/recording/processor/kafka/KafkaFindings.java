package app.kulti.recording.processor.kafka;

import app.kulti.recording.events.RecordingFinding;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.infra.messaging.Publisher;
import app.kulti.recording.processor.advance.Findings;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Findings, put on their topic. */
final class KafkaFindings implements Findings {
    private final Publisher<RecordingFinding> publisher;

    KafkaFindings(Publisher<RecordingFinding> publisher) {
        this.publisher = publisher;
    }

    @Override
    public Mono<Void> publish(Envelope<RecordingFinding> finding) {
        // A send may hold its caller up while the topic is not known yet, and the caller may be an event loop.
        return Mono.fromFuture(() -> publisher.publish(finding)).subscribeOn(Schedulers.boundedElastic());
    }
}
