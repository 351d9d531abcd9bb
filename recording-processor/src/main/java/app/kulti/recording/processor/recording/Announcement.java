package app.kulti.recording.processor.recording;

import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.RecordingState;
import app.kulti.recording.events.RecordingStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which event says that a recording has changed. */
public final class Announcement {
    private Announcement() {}

    /** The event that leads from {@code before}, absent for a new recording, to {@code after}; none when nothing shows. */
    public static Optional<RecordingEvent> of(@Nullable Recording before, Recording after) {
        var state = after.state();
        if (before == null || before.revision() == 0 || before.status() != after.status()) {
            return Optional.of(reached(after.status(), state));
        }
        return before.revision() == after.revision()
                ? Optional.empty()
                : Optional.of(new RecordingEvent.Changed(state));
    }

    private static RecordingEvent reached(RecordingStatus status, RecordingState state) {
        return switch (status) {
            case RECORDING -> new RecordingEvent.Started(state);
            case PROCESSING -> new RecordingEvent.Stopped(state);
            case FAILED -> new RecordingEvent.Failed(state);
            case COMPLETED -> new RecordingEvent.Completed(state);
        };
    }
}
