package app.kulti.recording.mirror.figures;

import app.kulti.recording.events.MirrorReport.RefusedBecause;
import app.kulti.recording.mirror.mirroring.CopyWatch;
import app.kulti.recording.mirror.mirroring.Ending;
import app.kulti.recording.mirror.mirroring.Fault;
import app.kulti.recording.mirror.mirroring.PartBuffers;
import app.kulti.recording.mirror.mirroring.Underway;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Counts copies, their bytes and their endings by cause, and shows each copy that is under way: as many series as there
 * are copies at a time.
 */
public final class MeteredCopies implements CopyWatch {
    private static final String NO_CAUSE = "none";

    private final MeterRegistry meters;
    private final Counter read;
    private final Counter stored;
    private final MultiGauge storedOfEach;
    private final MultiGauge remainingOfEach;
    private final MultiGauge rateOfEach;
    private final Set<Underway> underway = new LinkedHashSet<>();

    /** Counts into {@code meters}. */
    public MeteredCopies(MeterRegistry meters, PartBuffers buffers) {
        this.meters = meters;
        read = counter("kulti.mirror.read", "Bytes read from sources");
        stored = counter("kulti.mirror.stored", "Bytes that the bucket has acknowledged");
        storedOfEach = ofEach("kulti.mirror.copy.stored", "bytes", "Bytes of this film that the bucket has");
        remainingOfEach = ofEach("kulti.mirror.copy.remaining", "bytes", "Bytes of this film that it lacks");
        rateOfEach = ofEach("kulti.mirror.copy.rate", "bytes/s", "Bytes of this film that come in a second");
        meters.gauge("kulti.mirror.copies.active", this, MeteredCopies::active);
        meters.gauge("kulti.mirror.memory.used", buffers, PartBuffers::inUse);
        countFromTheBeginning();
    }

    /** Since a rate cannot be told from a series that begins at one, and the first refused film is to wake somebody. */
    private void countFromTheBeginning() {
        Stream.of("verified", "source-expired", "handed-over").forEach(outcome -> count(outcome, NO_CAUSE, 0));
        Stream.of(RefusedBecause.values()).forEach(reason -> count("refused", tag(reason), 0));
        Stream.of(Fault.values()).forEach(fault -> count("not-now", tag(fault), 0));
    }

    private void count(String outcome, String cause, int times) {
        meters.counter("kulti.mirror.copies", "outcome", outcome, "cause", cause).increment(times);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).baseUnit("bytes").description(description).register(meters);
    }

    private MultiGauge ofEach(String name, String unit, String description) {
        return MultiGauge.builder(name).baseUnit(unit).description(description).register(meters);
    }

    private synchronized int active() {
        return underway.size();
    }

    @Override
    public synchronized void began(Underway copy) {
        underway.add(copy);
        show();
    }

    @Override
    public void read(long count) {
        read.increment((double) count);
    }

    @Override
    public void stored(long count) {
        stored.increment((double) count);
    }

    @Override
    public void ended(Underway copy, Ending ending) {
        synchronized (this) {
            underway.remove(copy);
            show();
        }
        count(outcome(ending), cause(ending), 1);
    }

    private static String outcome(Ending ending) {
        return switch (ending) {
            case Ending.Verified _ -> "verified";
            case Ending.Refused _ -> "refused";
            case Ending.SourceExpired _ -> "source-expired";
            case Ending.NotNow _ -> "not-now";
            case Ending.HandedOver _ -> "handed-over";
        };
    }

    private static String cause(Ending ending) {
        return switch (ending) {
            case Ending.Refused refused -> tag(refused.flaw().reason());
            case Ending.NotNow notNow -> tag(notNow.fault());
            case Ending.Verified _,Ending.SourceExpired _,Ending.HandedOver _ -> NO_CAUSE;
        };
    }

    private static String tag(Enum<?> cause) {
        return cause.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void show() {
        show(storedOfEach, Underway::storedBytes);
        show(remainingOfEach, Underway::remainingBytes);
        show(rateOfEach, Underway::bytesPerSecond);
    }

    private void show(MultiGauge gauge, ToDoubleFunction<Underway> value) {
        gauge.register(underway.stream().<Row<?>>map(
                copy -> Row.of(Tags.of("recording", copy.recordingId().toString()), copy, value)).toList(), true);
    }
}
