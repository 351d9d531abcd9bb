package app.kulti.recording.processor.advance;

import static app.kulti.recording.processor.advance.House.NOON;
import static app.kulti.recording.processor.advance.House.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.RecordingFinding;
import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.processor.advance.House.Message;
import app.kulti.recording.processor.recording.Evidence;
import app.kulti.recording.processor.recording.Facts;
import app.kulti.recording.processor.recording.Join;
import app.kulti.recording.processor.recording.OutsideId;
import app.kulti.recording.processor.recording.Recording;
import app.kulti.recording.processor.recording.Stamp;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LooksTest {
    private static final RecordingId ID = new RecordingId(new UUID(0, 1));
    private static final Stamp STAMP = new Stamp(null, new EventId(new UUID(0, 2)));

    private final House house = new House();

    @Test
    void aRowThatWasThereBeforeIsLookedAtAgainLaterThough100msGivesNoAnswer() {
        var named = Join.apply(Facts.NONE, new Evidence.Identified(STAMP,
                List.of(new OutsideId(OutsideId.Kind.JOB, "job-1")), null));
        var inherited = Join.apply(named, new Evidence.Inherited(STAMP, RecordingStatus.PROCESSING));
        house.store.recordings.put(ID, Stored.fresh(new Recording(ID, SESSION, null, 0, inherited)));

        house.hears(away("at first"));
        house.now = NOON.plus(Duration.ofMinutes(1));
        house.hears(away("again"));

        var stored = Objects.requireNonNull(house.store.recordings.get(ID));
        assertThat(stored.recording()).isEqualTo(new Recording(ID, SESSION, null, 1, inherited));
        assertThat(stored.dueAt()).as("set once, moved on by the schedule").isEqualTo(NOON.plus(Duration.ofMinutes(1)));
        assertThat(house.store.notes.values()).hasSize(2).allSatisfy(note -> {
            assertThat(note.decision()).isEqualTo(Note.Decision.APPLIED);
            assertThat(note.reason()).isEqualTo("100ms gave no answer");
        });
    }

    private static Message away(String when) {
        return Message.of("looked " + when, NOON,
                new RecordingFinding.Looked(ID, new HmsAnswer.Unavailable("timeout")));
    }
}
