package app.kulti.recording.processor.figures;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Shows how all recordings stand. Every copy of the processor shows the same, so queries take the largest. */
public final class StandingGauges {
    private final LooksAtAll recordings;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Standing> last = new AtomicReference<>();

    /** Registers its gauges; until the first look they have no value. */
    public StandingGauges(LooksAtAll recordings, FigureSettings settings, InstantSource clock, MeterRegistry meters) {
        this.recordings = recordings;
        this.clock = clock;
        show(meters, "kulti.recordings.active", null, Standing::active);
        show(meters, "kulti.recordings.processing.oldest", "seconds",
                standing -> standing.oldestProcessing().toSeconds());
        show(meters, "kulti.recordings.unmirrored.oldest", "seconds",
                standing -> standing.oldestUnmirrored().toSeconds());
        show(meters, "kulti.storage.used", "bytes", Standing::storedBytes);
        Gauge.builder("kulti.storage.limit", settings.storageLimit(), limit -> limit.toBytes()).baseUnit("bytes")
                .register(meters);
    }

    /** One look. */
    public Mono<Void> look() {
        return Mono.defer(() -> recordings.standing(clock.instant())).doOnNext(last::set).then();
    }

    private void show(MeterRegistry meters, String name, @Nullable String unit, ToDoubleFunction<Standing> value) {
        Gauge.builder(name, () -> {
            var standing = last.get();
            return standing == null ? Double.NaN : value.applyAsDouble(standing);
        }).baseUnit(unit).register(meters);
    }
}
