package app.kulti.recording.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.ids.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

class LiveEventsTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final UserId user = new UserId(UUID.randomUUID());
    private final UUID session = UUID.randomUUID();
    private final UUID recording = UUID.randomUUID();
    private final AtomicInteger asked = new AtomicInteger();
    private final LiveStreams streams = new LiveStreams(() -> NOON, 10, 10);
    private final Revisions revisions = new Revisions(100);
    private final Audience onlyTheUser = new Audience(null, Set.of(user));
    private Mono<Audience> audience = Mono.just(onlyTheUser);
    private final LiveEvents events = new LiveEvents(streams, _ -> Mono.defer(() -> {
        asked.incrementAndGet();
        return audience;
    }), revisions, JsonMapper.shared(), Schedulers.immediate());

    @AfterEach
    void close() {
        events.close();
    }

    @Test
    void anEventIsToldWithItsPosition() {
        StepVerifier.create(open().frames())
                .then(() -> events.heard(started(1), NOON))
                .assertNext(frame -> assertThat(StandardCharsets.UTF_8.decode(frame.bytes().duplicate()).toString())
                        .startsWith("event: recording\nid: 2026-11-22T12:00:00Z\ndata: {\"type\":\"started\",")
                        .endsWith("}\n\n"))
                .thenCancel().verify();
    }

    @Test
    void whatIsOlderThanWhatIsKnownIsNotTold() {
        StepVerifier.create(open().frames().map(frame -> revision(frame)))
                .then(() -> {
                    events.heard(started(2), NOON);
                    events.heard(started(1), NOON);
                    events.heard(started(2), NOON);
                    events.heard(started(3), NOON);
                })
                .expectNext(2L, 2L, 3L)
                .thenCancel().verify();
    }

    private static long revision(Frame frame) {
        var told = frame.recording();
        return told == null ? -1 : told.revision();
    }

    @Test
    void withoutReadersNobodyIsAsked() {
        events.heard(started(1), NOON);
        assertThat(asked).hasValue(0);
    }

    @Test
    void aDatabaseThatStuttersIsAskedAgain() {
        var failures = new AtomicInteger(2);
        audience = Mono.defer(() -> failures.getAndDecrement() > 0
                ? Mono.error(new IllegalStateException("away"))
                : Mono.just(onlyTheUser));
        StepVerifier.create(open().frames())
                .then(() -> events.heard(started(1), NOON))
                .expectNextCount(1).thenCancel().verify(Duration.ofSeconds(10));
    }

    @Test
    void whenNobodyKnowsWhomItConcernsAllComeBackAndAsk() {
        audience = Mono.error(new IllegalStateException("away"));
        StepVerifier.create(open().frames())
                .then(() -> events.heard(started(1), NOON))
                .expectComplete().verify(Duration.ofSeconds(10));
    }

    @Test
    void moreThanCanBeDeliveredEndsTheStreamsAndNotTheMemory() {
        audience = Mono.never();
        StepVerifier.create(open().frames())
                .then(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        events.heard(started(i), NOON);
                    }
                })
                .expectComplete().verify(Duration.ofSeconds(10));
    }

    @Test
    void whatWasNotHeardEndsTheStreams() {
        StepVerifier.create(open().frames()).then(events::missed).verifyComplete();
    }

    @Test
    void onlyForAMomentIsItKnownWhomASessionConcerns() {
        var briefly = new BrieflyKnownAudiences(_ -> Mono.fromSupplier(() -> {
            asked.incrementAndGet();
            return onlyTheUser;
        }));
        var id = States.recording(session, recording, 1).sessionId();
        assertThat(briefly.of(id).block()).isEqualTo(onlyTheUser);
        assertThat(briefly.of(id).block()).isEqualTo(onlyTheUser);
        assertThat(asked).hasValue(1);
        await().atMost(Duration.ofSeconds(5)).until(() -> {
            briefly.of(id).block();
            return asked.get() == 2;
        });
    }

    private LiveStream open() {
        return streams.open(new Reader(user, false), NOON.plusSeconds(60));
    }

    private RecordingEvent started(long revision) {
        return new RecordingEvent.Started(States.recording(session, recording, revision));
    }
}
