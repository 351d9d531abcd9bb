package app.kulti.recording.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.RecordingEvent.CommandAnswered;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.SessionId;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class OutcomesTest {
    private final Outcomes outcomes = new Outcomes(2);
    private final CommandId command = new CommandId(UUID.randomUUID());

    @Test
    void anOutcomeReachesAllWhoWaitForIt() {
        try (var one = outcomes.expect(command); var other = outcomes.expect(command)) {
            var outcome = outcomeOf(command);
            outcomes.announce(outcome);
            assertThat(one.outcome().block()).isSameAs(outcome);
            assertThat(other.outcome().block()).isSameAs(outcome);
        }
    }

    @Test
    void anOutcomeThatComesBeforeAnybodyAsksForItIsNotLost() {
        try (var expected = outcomes.expect(command)) {
            outcomes.announce(outcomeOf(command));
            outcomes.announce(outcomeOf(command));
            assertThat(expected.outcome().block()).isNotNull();
        }
    }

    @Test
    void anotherCommandsOutcomeIsPassedOver() {
        try (var expected = outcomes.expect(command)) {
            outcomes.announce(outcomeOf(new CommandId(UUID.randomUUID())));
            assertThat(expected.outcome().toFuture()).isNotDone();
        }
    }

    @Test
    void nothingIsLeftOfAWaitThatIsOver() {
        var one = outcomes.expect(command);
        var other = outcomes.expect(command);
        one.close();
        one.close();
        assertThat(outcomes.waiting()).isEqualTo(1);
        other.close();
        assertThat(outcomes.waiting()).isZero();
    }

    @Test
    void onlySoManyMayWait() {
        try (var _ = outcomes.expect(command); var _ = outcomes.expect(new CommandId(UUID.randomUUID()))) {
            assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> outcomes.expect(command));
        }
        outcomes.expect(command).close();
    }

    private static CommandAnswered outcomeOf(CommandId command) {
        return new CommandAnswered(command, new SessionId(UUID.randomUUID()), null, new Answer.Done(), null);
    }
}
