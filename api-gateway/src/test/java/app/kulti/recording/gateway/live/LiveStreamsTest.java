package app.kulti.recording.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.gateway.failure.Problem;
import app.kulti.recording.gateway.failure.ProblemType;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class LiveStreamsTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant LATER = NOON.plus(Duration.ofHours(1));
    private static final Frame FRAME = new Frame(ByteBuffer.allocate(0), null);

    private Instant now = NOON;
    private final LiveStreams streams = new LiveStreams(() -> now, 3, 2);
    private final UserId user = new UserId(UUID.randomUUID());
    private final Reader reader = new Reader(user, false);
    private final Audience audience = new Audience(null, Set.of(user));

    @Test
    void aFrameReachesEachStreamOfItsUsersAndNoOther() {
        var one = streams.open(reader, LATER);
        var other = streams.open(reader, LATER);
        var strangers = streams.open(someone(), LATER);
        StepVerifier.create(Flux.merge(one.frames(), other.frames(), strangers.frames()))
                .then(() -> streams.offer(new Audience(new UserId(UUID.randomUUID()), Set.of(user)), FRAME))
                .expectNext(FRAME, FRAME)
                .then(streams::endAll).verifyComplete();
    }

    /** As they see nothing of it in a list either. */
    @ParameterizedTest
    @CsvSource({"false, false, true", "false, true, true", "true, false, false", "true, true, true"})
    void anAnonymousSignInHearsOnlyOfWhatItTakesPartIn(boolean anonymous, boolean takesPart, boolean hears) {
        var hosts = streams.open(new Reader(user, anonymous), LATER);
        StepVerifier.create(hosts.frames())
                .then(() -> streams.offer(new Audience(user, takesPart ? Set.of(user) : Set.of()), FRAME))
                .then(streams::endAll).expectNextCount(hears ? 1 : 0).verifyComplete();
    }

    @Test
    void whatComesBeforeItIsReadIsNotLost() {
        var stream = streams.open(reader, LATER);
        streams.offer(audience, FRAME);
        StepVerifier.create(stream.frames()).expectNext(FRAME)
                .then(() -> streams.offer(audience, FRAME)).expectNext(FRAME)
                .then(streams::endAll).verifyComplete();
    }

    @Test
    void aQuietStreamIsKeptAlive() {
        var stream = streams.open(reader, LATER);
        StepVerifier.create(stream.frames()).expectSubscription()
                .then(() -> lookAfter(14)).expectNoEvent(Duration.ofMillis(1))
                .then(() -> lookAfter(15)).expectNext(Frame.HEARTBEAT)
                .then(() -> streams.offer(audience, FRAME)).expectNext(FRAME)
                .then(() -> lookAfter(29)).expectNoEvent(Duration.ofMillis(1))
                .then(() -> lookAfter(30)).expectNext(Frame.HEARTBEAT)
                .thenCancel().verify();
    }

    @Test
    void aStreamEndsWithItsToken() {
        var stream = streams.open(reader, NOON.plusSeconds(10));
        StepVerifier.create(stream.frames()).expectSubscription()
                .then(() -> lookAfter(9)).expectNoEvent(Duration.ofMillis(1))
                .then(() -> lookAfter(10)).verifyComplete();
    }

    private void lookAfter(int seconds) {
        now = NOON.plusSeconds(seconds);
        streams.look();
    }

    @Test
    void whoDoesNotReadIsDroppedAndHoldsUpNobody() {
        var slow = streams.open(reader, LATER);
        var quick = streams.open(reader, LATER);
        StepVerifier.create(quick.frames().take(LiveStream.ROOM + 10L))
                .then(() -> {
                    for (int i = 0; i < LiveStream.ROOM + 10; i++) {
                        streams.offer(audience, FRAME);
                    }
                })
                .expectNextCount(LiveStream.ROOM + 10L).verifyComplete();
        StepVerifier.create(slow.ended()).verifyError(LiveStream.SlowReader.class);
    }

    @Test
    void onlySoManyMayBeOpen() {
        streams.open(reader, LATER);
        var second = streams.open(reader, LATER);
        assertRefused(reader, ProblemType.TOO_MANY_REQUESTS);
        var another = someone();
        streams.open(another, LATER);
        assertRefused(another, ProblemType.UNAVAILABLE);
        streams.close(second);
        streams.close(second);
        assertThat(streams.open()).isEqualTo(2);
        streams.open(reader, LATER);
    }

    private static Reader someone() {
        return new Reader(new UserId(UUID.randomUUID()), false);
    }

    private void assertRefused(Reader by, ProblemType type) {
        assertThatExceptionOfType(Problem.class).isThrownBy(() -> streams.open(by, LATER))
                .satisfies(problem -> assertThat(problem.type()).isEqualTo(type));
    }

    @Test
    void aGatewayThatEndsSendsItsReadersElsewhere() {
        var keeper = new StreamKeeper(streams);
        keeper.start();
        var early = streams.open(reader, LATER);
        keeper.stop();
        assertThat(keeper.isRunning()).isFalse();
        StepVerifier.create(early.frames()).verifyComplete();
        StepVerifier.create(streams.open(reader, LATER).frames()).verifyComplete();
    }
}
