package app.kulti.recording.processor.advance;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.infra.messaging.Received;
import app.kulti.recording.processor.advance.Cause.Origin;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What comes again. The very record that was applied comes again after a crash between writing and committing: whatever
 * was to be said of it may not have been said, so the present state is said once more. Another record with the same id is
 * a duplicate, which is counted and nothing else.
 */
public final class Duplicates {
    private final AppliedEvents applied;
    private final Duration limit;
    private final Counter duplicates;

    /**
     * Counts in {@code meters}.
     *
     * @param limit how long it may take to look what was applied before
     */
    public Duplicates(AppliedEvents applied, Duration limit, MeterRegistry meters) {
        this.applied = applied;
        this.limit = limit;
        duplicates = Counter.builder("kulti.processor.duplicates").description("Events that had been applied before")
                .register(meters);
    }

    /**
     * Puts aside what another record has brought before, which is all there is in a replay, so that nothing is read or locked
     * for it. What was applied once stays so; whether the rest was is looked at again once its recordings are locked.
     */
    <M> List<Received<M>> sift(List<Received<M>> batch) {
        var events = batch.stream().map(received -> received.envelope().id()).collect(Collectors.toSet());
        var before = applied.among(events).timeout(limit).blockOptional().orElseThrow();
        var fresh = batch.stream().filter(received -> {
            var origins = before.get(received.envelope().id());
            return origins == null || origins.contains(Origin.of(received));
        }).toList();
        duplicates.increment(batch.size() - fresh.size());
        return fresh;
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
