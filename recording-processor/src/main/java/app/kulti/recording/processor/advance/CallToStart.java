package app.kulti.recording.processor.advance;

import app.kulti.recording.events.HmsRecording;
import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.processor.advance.Hms.Reply;
import app.kulti.recording.processor.recording.Matching;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * Asks 100ms to start, so that one command never starts two: 100ms knows no idempotency key, so after every answer that
 * leaves it open whether 100ms acted the room is looked at before it is asked again, and when no time is left before the
 * deadline it is only looked at.
 */
final class CallToStart {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration TELLING = Duration.ofSeconds(1);
    private static final Set<String> RUNNING = Set.of("starting", "running");

    private final Hms hms;
    private final RecordingStore store;
    private final InstantSource clock;

    CallToStart(Hms hms, RecordingStore store, InstantSource clock) {
        this.hms = hms;
        this.store = store;
        this.clock = clock;
    }

    Mono<HmsAnswer> answer(HmsCall.ToStart call) {
        return call.lookFirst() ? lookAndStart(call.start()) : start(call.start());
    }

    /**
     * A twentieth of the time, at most a second, is for telling what came of it: whoever asked waits until the deadline, and
     * no longer. A start that is asked for again has its first time of issue and a new deadline.
     */
    private Duration timeLeft(Start start) {
        var telling = shorter(TELLING, Duration.between(start.issuedAt(), start.deadline()).dividedBy(20));
        return shorter(LIMIT, Duration.between(clock.instant(), start.deadline().minus(telling)));
    }

    /** When next to nothing is left the answer is late in any case, and a look that is cut short would tell nothing. */
    private Duration timeToLook(Start start) {
        var left = timeLeft(start);
        return left.compareTo(TELLING) < 0 ? LOOK : shorter(LOOK, left);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Mono<HmsAnswer> start(Start start) {
        var left = timeLeft(start);
        if (!left.isPositive()) {
            return Mono.just(new HmsAnswer.Unavailable("no time is left to ask 100ms"));
        }
        return hms.start(start.room(), left).flatMap(answer -> switch (answer) {
            case HmsAnswer.Found _,HmsAnswer.Refused _,HmsAnswer.NotFound _ -> Mono.just(answer);
            case HmsAnswer.Conflict _ -> runningIn(start);
            case HmsAnswer.Unavailable _ -> lookAgain(start, answer);
        });
    }

    /** While there is time; after that the schedule looks what became of it. */
    private Mono<HmsAnswer> lookAgain(Start start, HmsAnswer otherwise) {
        return timeLeft(start).compareTo(PAUSE) > 0
                ? Mono.delay(PAUSE).then(Mono.defer(() -> lookAndStart(start)))
                : Mono.just(otherwise);
    }

    /** What runs in a room that 100ms does not start again, however long ago somebody started it. */
    private Mono<HmsAnswer> runningIn(Start start) {
        var since = start.issuedAt().minus(Hms.LONGEST_ROOM);
        return hms.list(start.room(), since, timeToLook(start)).map(reply -> switch (reply) {
            case Reply.Given<List<HmsRecording>>(var found) -> new HmsAnswer.Conflict(
                    found.stream().filter(recording -> RUNNING.contains(recording.status())).findFirst().orElse(null));
            case Reply.Withheld<List<HmsRecording>> _ -> new HmsAnswer.Conflict(null);
        });
    }

    /** One that nobody else knows is ours; with none, 100ms is asked while there is time. */
    private Mono<HmsAnswer> lookAndStart(Start start) {
        return recordings(start).flatMap(reply -> switch (reply) {
            case Reply.Given<List<HmsRecording>>(var found) -> ours(start, found)
                    .switchIfEmpty(Mono.defer(() -> start(start)));
            case Reply.Withheld<List<HmsRecording>>(var why) -> lookAgain(start, unavailable(why));
        });
    }

    private static HmsAnswer unavailable(HmsAnswer why) {
        return why instanceof HmsAnswer.Unavailable
                ? why
                : new HmsAnswer.Unavailable("the room could not be looked at");
    }

    private Mono<Reply<List<HmsRecording>>> recordings(Start start) {
        return hms.list(start.room(), start.issuedAt().minus(Matching.SKEW), timeToLook(start));
    }

    private Mono<HmsAnswer> ours(Start start, List<HmsRecording> found) {
        if (found.isEmpty()) {
            return Mono.empty();
        }
        return store.unclaimed(found.stream().map(HmsRecording::id).toList(), start.recording())
                .flatMap(unclaimed -> Mono.justOrEmpty(
                        found.stream().filter(recording -> unclaimed.contains(recording.id())).findFirst()))
                .map(HmsAnswer.Found::new);
    }
}
