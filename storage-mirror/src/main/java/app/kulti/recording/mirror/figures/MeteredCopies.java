package app.kulti.recording.mirror.figures;

import app.kulti.recording.mirror.mirroring.CopyWatch;
import app.kulti.recording.mirror.mirroring.Ending;
import app.kulti.recording.mirror.mirroring.PartBuffers;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts copies, their bytes and their endings. */
public final class MeteredCopies implements CopyWatch {
    private final MeterRegistry meters;
    private final Counter bytes;
    private final AtomicInteger inFlight;

    /** Counts into {@code meters}. */
    public MeteredCopies(MeterRegistry meters, PartBuffers buffers) {
        this.meters = meters;
        bytes = Counter.builder("kulti.mirror.read").baseUnit("bytes")
                .description("Bytes read from sources").register(meters);
        inFlight = meters.gauge("kulti.mirror.copies.active", new AtomicInteger());
        meters.gauge("kulti.mirror.memory.used", buffers, PartBuffers::inUse);
    }

    @Override
    public void began() {
        inFlight.incrementAndGet();
    }

    @Override
    public void read(long count) {
        bytes.increment((double) count);
    }

    @Override
    public void ended(Ending ending) {
        inFlight.decrementAndGet();
        var outcome = switch (ending) {
            case Ending.Verified _ -> "verified";
            case Ending.Refused _ -> "refused";
            case Ending.SourceExpired _ -> "source-expired";
            case Ending.NotNow _ -> "not-now";
            case Ending.HandedOver _ -> "handed-over";
        };
        var reason = ending instanceof Ending.Refused refused ? refused.flaw().reason().name() : "none";
        meters.counter("kulti.mirror.copies", "outcome", outcome, "reason", reason).increment();
    }
}
