package app.kulti.recording.processor.advance;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.events.ids.UserId;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StartTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Start.StopOrder STOP = new Start.StopOrder(NOON, new CommandId(new UUID(0, 6)));
    private static final Start STOPPED = Start.of(new RecordingCommand.Start(new CommandId(new UUID(0, 1)),
            new SessionId(new UUID(0, 2)), new UserId(new UUID(0, 3)), NOON, new RecordingId(new UUID(0, 4)),
            new RoomId("room"), NOON.plusSeconds(20)), NOON, NOON, null).stopWanted(STOP);

    @Test
    void aStopWaitsForAStartThatIsTriedAgain() {
        assertThat(STOPPED.again(NOON.plusSeconds(60), NOON, NOON).stop()).isEqualTo(STOP);
    }

    @Test
    void aStopOfWhatWasGivenUpDoesNotEndItsNextTry() {
        assertThat(STOPPED.settled(NOON, Start.GIVEN_UP).again(NOON.plusSeconds(60), NOON, NOON).stop()).isNull();
    }
}
