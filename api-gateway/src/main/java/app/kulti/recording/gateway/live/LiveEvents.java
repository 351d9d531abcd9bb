package app.kulti.recording.gateway.live;

import app.kulti.recording.events.RecordingEvent;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.util.concurrent.Queues;
import reactor.util.retry.Retry;
import tools.jackson.databind.json.JsonMapper;

/**
 * Brings what is heard of recordings to those whom it concerns. Where that cannot be done, all streams end: their readers come
 * back and are told how everything is, so nobody goes on with a view that lacks something.
 */
public final class LiveEvents implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LiveEvents.class);
    private static final int WAITING = 8_192;
    private static final int ASKED_AT_A_TIME = 4;
    private static final int ASKED_AGAIN = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private final LiveStreams streams;
    private final Audiences audiences;
    private final Revisions revisions;
    private final JsonMapper json;
    private final Sinks.Many<Heard> heard = Sinks.many().unicast()
            .onBackpressureBuffer(Queues.<Heard>get(WAITING).get());
    private final Disposable delivering;

    /**
     * Delivers from now on.
     *
     * @param thread where streams are written to
     */
    LiveEvents(LiveStreams streams, Audiences audiences, Revisions revisions, JsonMapper json, Scheduler thread) {
        this.streams = streams;
        this.audiences = audiences;
        this.revisions = revisions;
        this.json = json;
        this.delivering = heard.asFlux().flatMap(one -> Mono.defer(() -> delivered(one, thread))
                .onErrorResume(this::notDelivered), ASKED_AT_A_TIME).subscribe();
    }

    private record Heard(RecordingEvent.OfRecording event, Instant at) {}

    /**
     * An event came; from one thread only.
     *
     * @param at when it was published: whoever has seen it has seen what was published a minute earlier
     */
    public void heard(RecordingEvent event, Instant at) {
        // The answer to a command says what became of somebody's wish, and not how a recording is.
        if (event instanceof RecordingEvent.OfRecording of && streams.open() > 0
                && heard.tryEmitNext(new Heard(of, at)).isFailure()) {
            log.warn("Events come faster than they can be brought to their readers");
            streams.endAll();
        }
    }

    /** There may have been events that were not heard. */
    public void missed() {
        streams.endAll();
    }

    private Mono<Void> delivered(Heard one, Scheduler thread) {
        var event = LiveEvent.of(one.event());
        if (revisions.isOutdated(event.recording())) {
            return Mono.empty();
        }
        return audiences.of(event.recording().sessionId())
                .retryWhen(Retry.backoff(ASKED_AGAIN, FIRST_PAUSE))
                .publishOn(thread)
                .doOnNext(audience -> {
                    revisions.heardOf(event.recording());
                    if (streams.isAnyOpenFor(audience)) {
                        streams.offer(audience, Frame.event(event, one.at(), json));
                    }
                })
                .then();
    }

    private Mono<Void> notDelivered(Throwable e) {
        log.warn("An event could not be brought to those whom it concerns: {}", e.toString());
        streams.endAll();
        return Mono.empty();
    }

    @Override
    public void close() {
        delivering.dispose();
    }
}
