package app.kulti.recording.processor.advance;

import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.processor.recording.Recording;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Counts what becomes of recordings: {@code kulti.recordings.finished} by {@code outcome} and, of those that failed, 100ms's
 * own word as {@code reason}; and {@code kulti.recordings.processing}, from the stop to the file. What is replayed changes
 * nothing and is not counted again.
 */
public final class Outcomes {
    private static final String FINISHED = "kulti.recordings.finished";
    /** 100ms's words look like BEAM_STOPPED. Anything else may hold anything, and would make a series of its own. */
    private static final Pattern WORD = Pattern.compile("[A-Z][A-Z_]{2,39}");

    /** Those that its documents name; others count as well, but the first of a kind is not seen in a rate. */
    private static final List<String> KNOWN = List.of("none", "other", "BEAM_STOPPED", "SHORT_RECORDING_ERROR",
            "INTERNAL_ERROR", "MAX_RETRIES_REACHED", "UPLOAD_ERROR");

    private final MeterRegistry meters;
    private final Timer processing;

    /** Counts in {@code meters}. */
    public Outcomes(MeterRegistry meters) {
        this.meters = meters;
        this.processing = Timer.builder("kulti.recordings.processing").description("From the stop to the file")
                .register(meters);
        // From the beginning, since a rate cannot be told from a series that begins at one.
        count("completed", "none", 0);
        KNOWN.forEach(reason -> count("failed", reason, 0));
    }

    /** Counts what a batch that is now written has finished. */
    void count(Changes changes, Instant now) {
        changes.created().forEach(created -> count(null, created.recording(), now));
        changes.changed().forEach(change -> count(change.before().recording(), change.after().recording(), now));
    }

    private void count(@Nullable Recording before, Recording after, Instant now) {
        if (before != null && before.status() == after.status()) {
            return;
        }
        switch (after.status()) {
            case COMPLETED -> {
                count("completed", "none", 1);
                var ended = after.endedAt();
                if (before != null && ended != null && now.isAfter(ended)) {
                    processing.record(Duration.between(ended, now));
                }
            }
            case FAILED -> count("failed", reason(after), 1);
            case RECORDING, PROCESSING -> {
                // Not finished.
            }
        }
    }

    private static String reason(Recording failed) {
        var failure = failed.facts().course().failure();
        return failure != null && WORD.matcher(failure.value()).matches() ? failure.value() : "other";
    }

    private void count(String outcome, String reason, int times) {
        meters.counter(FINISHED, "outcome", outcome, "reason", reason).increment(times);
    }
}
