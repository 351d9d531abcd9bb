package app.kulti.recording.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.RecordingEvent.CommandAnswered;
import app.kulti.recording.events.RecordingEvent.Refusal;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.gateway.failure.Problem;
import app.kulti.recording.gateway.failure.ProblemType;
import app.kulti.recording.gateway.limit.UserLimit;
import app.kulti.recording.gateway.live.Outcomes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class CommandsTest {
    private static final Duration WAIT = Duration.ofSeconds(20);

    private final Outcomes outcomes = new Outcomes(1);
    private final UserLimit limit = new UserLimit(3, Duration.ofHours(1));
    private final List<RecordingCommand> sent = new ArrayList<>();
    private final RecordingCommand.Delete delete = new RecordingCommand.Delete(new CommandId(UUID.randomUUID()),
            new SessionId(UUID.randomUUID()), new UserId(UUID.randomUUID()), Instant.EPOCH,
            new RecordingId(UUID.randomUUID()));

    @Test
    void theOutcomeIsTheAnswer() {
        var outcome = outcome(new Answer.Done());
        StepVerifier.create(commands(_ -> Mono.fromRunnable(() -> outcomes.announce(outcome))).carryOut(delete, "key"))
                .expectNext(outcome).verifyComplete();
        assertThat(outcomes.waiting()).isZero();
    }

    @Test
    void withoutAnOutcomeTheCallerLearnsHowToAskAgain() {
        StepVerifier.withVirtualTime(() -> commands(this::send).carryOut(delete, "key"))
                .thenAwait(WAIT)
                .verifyErrorSatisfies(e -> assertProblem(e, ProblemType.NO_OUTCOME_YET, "key"));
        assertThat(sent).containsExactly(delete);
        assertThat(outcomes.waiting()).isZero();
    }

    @Test
    void whereNoKeyCanBeBroughtNoneIsTold() {
        StepVerifier.withVirtualTime(() -> commands(this::send).carryOut(delete, null))
                .thenAwait(WAIT)
                .verifyErrorSatisfies(e -> assertProblem(e, ProblemType.NO_OUTCOME_YET, null));
    }

    @Test
    void whoGoesAwayLeavesNothingBehind() {
        StepVerifier.create(commands(this::send).carryOut(delete, "key"))
                .then(() -> assertThat(outcomes.waiting()).isEqualTo(1))
                .thenCancel().verify();
        assertThat(outcomes.waiting()).isZero();
    }

    @Test
    void whatCannotBePublishedIsUnavailableAndMayHaveHappened() {
        StepVerifier.create(commands(_ -> Mono.error(new IllegalStateException("no broker"))).carryOut(delete, "key"))
                .verifyErrorSatisfies(e -> assertProblem(e, ProblemType.UNAVAILABLE, "key"));
        assertThat(outcomes.waiting()).isZero();
    }

    @Test
    void nothingIsPublishedWhileNoOutcomeWouldBeHeard() {
        StepVerifier.create(new Commands(this::send, outcomes, () -> false, limit, WAIT).carryOut(delete, "key"))
                .verifyErrorSatisfies(e -> assertProblem(e, ProblemType.UNAVAILABLE, "key"));
        assertThat(sent).isEmpty();
    }

    @Test
    void whoAsksTooOftenIsToldWhenToComeBackBeforeTheStateIsJudged() {
        for (int i = 0; i < 3; i++) {
            limit.admit(delete.by());
        }
        StepVerifier.create(commands(this::send).carryOut(delete.by(), () -> {
            throw new Problem(ProblemType.ROOM_DIFFERS, "not judged");
        }, "key")).verifyErrorSatisfies(e -> assertProblem(e, ProblemType.TOO_MANY_REQUESTS, null));
        assertThat(sent).isEmpty();
    }

    @Test
    void nothingIsPublishedWhenTooManyWait() {
        try (var _ = outcomes.expect(new CommandId(UUID.randomUUID()))) {
            StepVerifier.create(commands(this::send).carryOut(delete, "key"))
                    .verifyErrorSatisfies(e -> assertProblem(e, ProblemType.UNAVAILABLE, "key"));
        }
        assertThat(sent).isEmpty();
    }

    @Test
    void anOutcomeAboutSomethingElseMeansThatTheKeyWasUsedBefore() {
        var other = new CommandAnswered(delete.commandId(), delete.sessionId(), new RecordingId(UUID.randomUUID()),
                new Answer.Done(), null);
        StepVerifier.create(commands(_ -> Mono.fromRunnable(() -> outcomes.announce(other))).carryOut(delete, "key"))
                .verifyErrorSatisfies(e -> assertProblem(e, ProblemType.KEY_USED_OTHERWISE, null));
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void onlyARefusalOfOneAttemptInvitesToRepeat(Refusal reason) {
        var refused = outcome(new Answer.Refused(reason, "Because."));
        StepVerifier.create(commands(_ -> Mono.fromRunnable(() -> outcomes.announce(refused))).carryOut(delete, "key"))
                .verifyErrorSatisfies(e -> assertThat(e).isInstanceOfSatisfying(Problem.class,
                        problem -> assertThat(problem.idempotencyKey()).isEqualTo(reason.isFinal() ? null : "key")));
    }

    private Commands commands(SendCommand channel) {
        return new Commands(channel, outcomes, () -> true, limit, WAIT);
    }

    private Mono<Void> send(RecordingCommand command) {
        sent.add(command);
        return Mono.empty();
    }

    private CommandAnswered outcome(Answer answer) {
        return new CommandAnswered(delete.commandId(), delete.sessionId(), delete.recordingId(), answer, null);
    }

    private static void assertProblem(Throwable thrown, ProblemType type, @Nullable String key) {
        assertThat(thrown).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.type()).isEqualTo(type);
            assertThat(problem.idempotencyKey()).isEqualTo(key);
        });
    }
}
