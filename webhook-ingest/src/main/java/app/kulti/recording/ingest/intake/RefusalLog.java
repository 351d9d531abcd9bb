package app.kulti.recording.ingest.intake;

import app.kulti.recording.ingest.intake.Refusal.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line a while for each reason to refuse, with the number of those that went unsaid: whoever can post to us must not be
 * able to fill our disk.
 */
final class RefusalLog {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final Map<Reason, AtomicReference<Silence>> silences = Arrays.stream(Reason.values())
            .collect(Collectors.toMap(reason -> reason, _ -> new AtomicReference<>(new Silence(Instant.MIN, 0)),
                    (a, _) -> a, () -> new EnumMap<>(Reason.class)));

    RefusalLog(InstantSource clock) {
        this.clock = clock;
    }

    /** Notes a refusal, aloud or not. */
    void note(Refusal refusal) {
        var now = clock.instant();
        var before = silence(refusal).getAndUpdate(silence -> silence.at(now));
        if (before.isOver(now)) {
            LOG.warn("webhook refused: {} ({}){}{}", refusal.reason(), refusal.getMessage(), cause(refusal.getCause()),
                    before.unsaid() == 0 ? "" : "; " + before.unsaid() + " more since the last such line");
        }
    }

    private AtomicReference<Silence> silence(Refusal refusal) {
        return Objects.requireNonNull(silences.get(refusal.reason()));
    }

    /** The kind of the fault that lies deepest; texts of other people's exceptions may quote what was being sent. */
    private static String cause(@Nullable Throwable cause) {
        if (cause == null) {
            return "";
        }
        var deepest = cause;
        for (var next = cause; next != null; next = next.getCause()) {
            deepest = next;
        }
        return ", " + deepest.getClass().getSimpleName();
    }

    /**
     * @param until  nothing is said before
     * @param unsaid how many were not
     */
    private record Silence(Instant until, long unsaid) {
        boolean isOver(Instant now) {
            return !now.isBefore(until);
        }

        Silence at(Instant now) {
            return isOver(now) ? new Silence(now.plus(PAUSE), 0) : new Silence(until, unsaid + 1);
        }
    }
}
