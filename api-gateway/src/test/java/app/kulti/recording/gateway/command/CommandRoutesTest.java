package app.kulti.recording.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.RecordingEvent.CommandAnswered;
import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CommandRoutesTest {
    private final RecordingId recording = new RecordingId(UUID.randomUUID());
    private final CommandAnswered withoutState = new CommandAnswered(new CommandId(UUID.randomUUID()),
            new SessionId(UUID.randomUUID()), recording, new Answer.Done(), null);

    /** An outcome is announced again with the recording's present state, which there may be none of. */
    @Test
    void aYesIsAYesAlsoWhenTheRecordingIsGone() {
        assertThat(CommandRoutes.Started.of(withoutState).recording())
                .isEqualTo(new CommandRoutes.StartedRecording(recording, null, RecordingStatus.RECORDING));
        assertThat(CommandRoutes.Stopped.of(withoutState).recording())
                .isEqualTo(new CommandRoutes.StoppedRecording(recording, RecordingStatus.PROCESSING));
    }
}
