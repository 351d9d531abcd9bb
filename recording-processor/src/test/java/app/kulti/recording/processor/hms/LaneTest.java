package app.kulti.recording.processor.hms;

import static app.kulti.recording.processor.hms.ScriptedHms.json;
import static app.kulti.recording.processor.hms.ScriptedHms.silence;
import static app.kulti.recording.processor.hms.TestHms.QUICK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.processor.hms.Patience.Crowd;
import app.kulti.recording.processor.hms.ScriptedHms.Answer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class LaneTest {
    private static final String LOOK = "GET /v2/recordings/1";
    private static final String STOP = "POST /v2/recordings/2/stop";
    private static final Answer RECORDING = json(200, """
            {"id":"1","room_id":"7","status":"running","created_at":"2023-03-30T05:14:04Z"}""");
    private static final Answer BROKEN = json(500, "{}");
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final ScriptedHms server = new ScriptedHms();
    private final HttpHms hms = TestHms.client(server);

    @AfterEach
    void close() {
        hms.close();
        server.close();
    }

    @Test
    void itsStateIsMetered() {
        var meters = new SimpleMeterRegistry();
        server.on(LOOK, json(503, "{}"), RECORDING);
        try (var metered = TestHms.client(server, meters)) {
            assertThat(answered(metered.look("1", LIMIT))).isInstanceOf(HmsAnswer.Found.class);
        }

        for (var lane : List.of("commands", "looks")) {
            assertThat(meters.get("resilience4j.circuitbreaker.state").tags("name", lane, "state", "closed").gauge()
                    .value()).isEqualTo(1);
            assertThat(meters.get("resilience4j.bulkhead.available.concurrent.calls").tag("name", lane).gauge().value())
                    .isPositive();
        }
        assertThat(meters.get("kulti.hms.repeated").tag("lane", "looks").counter().count()).isEqualTo(1);
        assertThat(meters.get("resilience4j.circuitbreaker.calls").tags("name", "looks", "kind", "failed").timer()
                .count()).isEqualTo(1);
    }

    @Test
    void waitsAsLongAs100msAsksFor() {
        server.on(LOOK, json(429, "{}", "Retry-After", "1"), RECORDING);

        assertThat(answered(hms.look("1", LIMIT))).isInstanceOf(HmsAnswer.Found.class);
        assertThat(pauses()).singleElement().satisfies(pause -> assertThat(pause)
                .isBetween(Duration.ofMillis(990), LIMIT));
    }

    @Test
    void waitsUntilTheDateThat100msNames() {
        server.on(LOOK, json(503, "{}", "Retry-After", "Sun, 22 Nov 2026 10:00:01 GMT"), RECORDING);

        assertThat(TestHms.NOW).isEqualTo(Instant.parse("2026-11-22T10:00:00Z"));
        assertThat(answered(hms.look("1", LIMIT))).isInstanceOf(HmsAnswer.Found.class);
        assertThat(pauses()).singleElement().satisfies(pause -> assertThat(pause)
                .isBetween(Duration.ofMillis(990), LIMIT));
    }

    @Test
    void anAbsurdRetryAfterIsNotThere() {
        server.on(LOOK, json(429, "{}", "Retry-After", "soon"), json(429, "{}", "Retry-After", "-4"), RECORDING);

        assertThat(answered(hms.look("1", LIMIT))).isInstanceOf(HmsAnswer.Found.class);
    }

    @Test
    void doesNotWaitLongerThanItsCaller() {
        server.on(LOOK, json(429, "{}", "Retry-After", "6"), RECORDING);
        var begun = System.nanoTime();

        assertThat(answered(hms.look("1", LIMIT))).isEqualTo(new HmsAnswer.Unavailable("100ms answered 429"));
        assertThat(since(begun)).isLessThan(LIMIT);
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void pausesGrowBetweenAttempts() {
        var patient = withPauses(Duration.ofMillis(200), Duration.ofSeconds(2));
        server.on(LOOK, BROKEN);

        try (var calm = TestHms.client(TestHms.settings(server.baseUrl(), null), patient)) {
            assertThat(answered(calm.look("1", LIMIT))).isInstanceOf(HmsAnswer.Unavailable.class);
        }
        assertThat(pauses()).hasSize(2);
        assertThat(pauses().getFirst()).isGreaterThanOrEqualTo(Duration.ofMillis(99));
        assertThat(pauses().getLast()).isGreaterThanOrEqualTo(Duration.ofMillis(199));
    }

    @Test
    void endsAtItsLimitThoughEveryAttemptHangs() {
        server.on(LOOK, silence());
        var begun = System.nanoTime();

        assertThat(answered(hms.look("1", Duration.ofMillis(450))))
                .isEqualTo(new HmsAnswer.Unavailable("100ms did not answer in time"));
        assertThat(since(begun)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void withoutTimeForAnAnswer100msIsNotAsked() {
        server.on(LOOK, RECORDING);

        assertThat(answered(hms.look("1", Duration.ofMillis(10))))
                .isEqualTo(new HmsAnswer.Unavailable("too little time was left to ask 100ms"));
        assertThat(answered(hms.look("1", Duration.ofSeconds(-1))))
                .isEqualTo(new HmsAnswer.Unavailable("too little time was left to ask 100ms"));
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void looksThatHangDoNotHoldUpAStop() {
        server.on(LOOK, silence()).on(STOP, RECORDING);
        var slow = new Patience(QUICK.commands(), QUICK.looks(), QUICK.connect(), LIMIT, LIMIT, 1, QUICK.firstPause(),
                QUICK.longestPause(), QUICK.shortestAttempt(), QUICK.breakerPause());

        try (var busy = TestHms.client(TestHms.settings(server.baseUrl(), null), slow)) {
            var hanging = looks(busy, slow.looks().all());
            await().atMost(LIMIT).until(() -> server.asked().size() == slow.looks().connections());
            assertThat(answered(busy.look("1", LIMIT)))
                    .isEqualTo(new HmsAnswer.Unavailable("too many calls to 100ms are under way"));

            assertThat(answered(busy.stop("2", LIMIT))).isInstanceOf(HmsAnswer.Found.class);
            assertThat(hanging).noneMatch(CompletableFuture::isDone);
            hanging.forEach(look -> look.cancel(true));
        }
    }

    @Test
    void aCallThatWasGivenUpLeavesItsPlaceToTheNext() {
        server.on(LOOK, silence());
        looks(hms, QUICK.looks().all()).forEach(look -> look.cancel(true));

        server.on(LOOK, RECORDING);
        assertThat(answered(hms.look("1", LIMIT))).isInstanceOf(HmsAnswer.Found.class);
    }

    @Test
    void aCallThatGetsNoConnectionSaysSo() {
        server.on(LOOK, silence());
        var crowded = new Patience(QUICK.commands(), new Crowd(1, 1), QUICK.connect(), Duration.ofMillis(50), LIMIT, 2,
                QUICK.firstPause(), QUICK.longestPause(), QUICK.shortestAttempt(), QUICK.breakerPause());

        try (var crowd = TestHms.client(TestHms.settings(server.baseUrl(), null), crowded)) {
            var hanging = looks(crowd, 1);
            await().atMost(LIMIT).until(() -> server.asked().size() == 1);

            assertThat(answered(crowd.look("1", LIMIT)))
                    .isEqualTo(new HmsAnswer.Unavailable("no connection to 100ms became free"));
            assertThat(server.asked()).hasSize(1);
            hanging.forEach(look -> look.cancel(true));
        }
    }

    @Test
    void theBreakerOpensForAWhileAndClosesAgain() {
        server.on(LOOK, BROKEN).on(STOP, RECORDING);
        while (!answered(hms.look("1", LIMIT))
                .equals(new HmsAnswer.Unavailable("100ms has failed too often just now"))) {
            assertThat(server.asked()).hasSizeLessThan(100);
        }
        var asked = server.asked().size();
        assertThat(answered(hms.look("1", LIMIT)))
                .isEqualTo(new HmsAnswer.Unavailable("100ms has failed too often just now"));
        assertThat(server.asked()).hasSize(asked);
        assertThat(answered(hms.stop("2", LIMIT))).as("the other lane").isInstanceOf(HmsAnswer.Found.class);

        server.on(LOOK, RECORDING);
        await().atMost(LIMIT).until(() -> answered(hms.look("1", LIMIT)) instanceof HmsAnswer.Found);
        for (var i = 0; i < 30; i++) {
            assertThat(answered(hms.look("1", LIMIT))).isInstanceOf(HmsAnswer.Found.class);
        }
    }

    @Test
    void refusalsAndFullHousesDoNotOpenTheBreaker() {
        server.on(LOOK, json(403, "{}"));
        for (var i = 0; i < 30; i++) {
            assertThat(answered(hms.look("1", LIMIT))).isInstanceOf(HmsAnswer.Refused.class);
        }
        server.on(LOOK, json(429, "{}"));
        for (var i = 0; i < 10; i++) {
            assertThat(answered(hms.look("1", LIMIT))).isEqualTo(new HmsAnswer.Unavailable("100ms answered 429"));
        }
    }

    @Test
    void aTokenThatIsOldIsReplacedInTime() {
        var clock = new MovingClock();
        server.on(LOOK, RECORDING);

        try (var aging = TestHms.client(TestHms.settings(server.baseUrl(), null), QUICK, clock)) {
            answered(aging.look("1", LIMIT));
            clock.now = clock.now.plus(Duration.ofHours(22));
            answered(aging.look("1", LIMIT));
            clock.now = clock.now.plus(Duration.ofHours(1));
            answered(aging.look("1", LIMIT));
        }
        assertThat(server.asked()).hasSize(3);
        assertThat(server.asked().get(1).authorization()).isEqualTo(server.asked().get(0).authorization())
                .isNotEqualTo(server.asked().get(2).authorization());
    }

    private static List<CompletableFuture<HmsAnswer>> looks(HttpHms hms, int count) {
        var looks = new ArrayList<CompletableFuture<HmsAnswer>>();
        for (var i = 0; i < count; i++) {
            looks.add(hms.look("1", LIMIT).toFuture());
        }
        return looks;
    }

    private List<Duration> pauses() {
        var pauses = new ArrayList<Duration>();
        for (var i = 1; i < server.asked().size(); i++) {
            pauses.add(Duration.between(server.asked().get(i - 1).at(), server.asked().get(i).at()));
        }
        return pauses;
    }

    private static Patience withPauses(Duration first, Duration longest) {
        return new Patience(QUICK.commands(), QUICK.looks(), QUICK.connect(), QUICK.acquire(), QUICK.response(),
                QUICK.attempts(), first, longest, QUICK.shortestAttempt(), QUICK.breakerPause());
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    private static <T> T answered(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(LIMIT.plusSeconds(5)));
    }

    private static final class MovingClock implements InstantSource {
        private volatile Instant now = TestHms.NOW;

        @Override
        public Instant instant() {
            return now;
        }
    }
}
