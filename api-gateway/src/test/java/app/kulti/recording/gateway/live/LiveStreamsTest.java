package app.kulti.recording.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.gateway.failure.Problem;
import app.kulti.recording.gateway.failure.ProblemType;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class LiveStreamsTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant LATER = NOON.plus(Duration.ofHours(1));
    private static final Frame FRAME = new Frame(ByteBuffer.allocate(0), null);

    private Instant now = NOON;
    private final LiveStreams streams = new LiveStreams(() -> now, 3, 2);
    private final UserId user = new UserId(UUID.randomUUID());

    @Test
    void aFrameReachesEachStreamOfItsUsersAndNoOther() {
        var one = streams.open(user, LATER);
        var other = streams.open(user, LATER);
        var strangers = streams.open(new UserId(UUID.randomUUID()), LATER);
        StepVerifier.create(Flux.merge(one.frames(), other.frames(), strangers.frames()))
                .then(() -> streams.offer(List.of(user, new UserId(UUID.randomUUID())), FRAME))
                .expectNext(FRAME, FRAME)
                .then(streams::endAll).verifyComplete();
    }

    @Test
    void whatComesBeforeItIsReadIsNotLost() {
        var stream = streams.open(user, LATER);
        streams.offer(List.of(user), FRAME);
        StepVerifier.create(stream.frames()).expectNext(FRAME)
                .then(() -> streams.offer(List.of(user), FRAME)).expectNext(FRAME)
                .then(streams::endAll).verifyComplete();
    }

    @Test
    void aQuietStreamIsKeptAlive() {
        var stream = streams.open(user, LATER);
        StepVerifier.create(stream.frames()).expectSubscription()
                .then(() -> lookAfter(14)).expectNoEvent(Duration.ofMillis(1))
                .then(() -> lookAfter(15)).expectNext(Frame.HEARTBEAT)
                .then(() -> streams.offer(List.of(user), FRAME)).expectNext(FRAME)
                .then(() -> lookAfter(29)).expectNoEvent(Duration.ofMillis(1))
                .then(() -> lookAfter(30)).expectNext(Frame.HEARTBEAT)
                .thenCancel().verify();
    }

    @Test
    void aStreamEndsWithItsToken() {
        var stream = streams.open(user, NOON.plusSeconds(10));
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
        var slow = streams.open(user, LATER);
        var quick = streams.open(user, LATER);
        StepVerifier.create(quick.frames().take(LiveStream.ROOM + 10L))
                .then(() -> {
                    for (int i = 0; i < LiveStream.ROOM + 10; i++) {
                        streams.offer(List.of(user), FRAME);
                    }
                })
                .expectNextCount(LiveStream.ROOM + 10L).verifyComplete();
        StepVerifier.create(slow.ended()).verifyError(LiveStream.SlowReader.class);
    }

    @Test
    void onlySoManyMayBeOpen() {
        streams.open(user, LATER);
        var second = streams.open(user, LATER);
        assertRefused(user, ProblemType.TOO_MANY_REQUESTS);
        var another = new UserId(UUID.randomUUID());
        streams.open(another, LATER);
        assertRefused(another, ProblemType.UNAVAILABLE);
        streams.close(second);
        streams.close(second);
        assertThat(streams.open()).isEqualTo(2);
        streams.open(user, LATER);
    }

    private void assertRefused(UserId by, ProblemType type) {
        assertThatExceptionOfType(Problem.class).isThrownBy(() -> streams.open(by, LATER))
                .satisfies(problem -> assertThat(problem.type()).isEqualTo(type));
    }

    @Test
    void aGatewayThatEndsSendsItsReadersElsewhere() {
        var keeper = new StreamKeeper(streams);
        keeper.start();
        var early = streams.open(user, LATER);
        keeper.stop();
        assertThat(keeper.isRunning()).isFalse();
        StepVerifier.create(early.frames()).verifyComplete();
        StepVerifier.create(streams.open(user, LATER).frames()).verifyComplete();
    }
}
