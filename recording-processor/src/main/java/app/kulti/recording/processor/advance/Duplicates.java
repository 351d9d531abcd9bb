package app.kulti.recording.processor.advance;

import app.kulti.recording.events.ids.RecordingId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What comes again. The very record that was applied comes again after a crash between writing and committing: whatever
 * was to be said of it may not have been said, so the present state is said once more. Another record with the same id is
 * a duplicate, which is counted and nothing else.
 */
public final class Duplicates {
    private final Counter duplicates;

    /** Counts in {@code meters}. */
    public Duplicates(MeterRegistry meters) {
        duplicates = Counter.builder("kulti.processor.duplicates").description("Events that had been applied before")
                .register(meters);
    }

    /** Whether the event was applied before; then nothing more is to be done. */
    boolean isOne(Draft draft, Cause cause) {
        var applied = draft.history().applied(cause.event());
        if (applied.isEmpty()) {
            return false;
        }
        duplicates.increment();
        for (var note : applied) {
            var recording = note.recording();
            if (recording != null && note.cause().origin().equals(cause.origin())) {
                sayAgain(draft, cause, recording);
            }
        }
        return true;
    }

    private static void sayAgain(Draft draft, Cause cause, RecordingId recording) {
        var known = draft.recording(recording);
        var gone = draft.tombstone(recording);
        if (known != null) {
            draft.outgoing().announceAgain(cause, known.state());
        } else if (gone != null) {
            draft.outgoing().announceAgain(cause, gone.state());
        }
    }
}
