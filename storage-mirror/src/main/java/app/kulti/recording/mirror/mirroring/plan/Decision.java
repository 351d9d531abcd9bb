package app.kulti.recording.mirror.mirroring.plan;

import app.kulti.recording.events.RecordingSource;
import app.kulti.recording.events.RecordingState;

/** What a state asks of the mirror. */
public sealed interface Decision {
    /** Copy this source. */
    record Copy(RecordingSource source) implements Decision {}

    /** Remove whatever there is. */
    record Remove() implements Decision {}

    /** All is as it should be, or is not this service's business. */
    record Nothing() implements Decision {}

    /** Reads the state, and nothing but the state. */
    static Decision of(RecordingState state) {
        var source = state.source();
        return switch (state.wanted()) {
            case NOTHING -> new Nothing();
            case REMOVE -> new Remove();
            // A tombstone's file must not come back, and what has no source cannot be copied: either would be a mistake
            // upstream.
            case COPY -> state.deleted() || source == null ? new Nothing() : new Copy(source);
        };
    }
}
