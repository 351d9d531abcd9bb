package app.kulti.recording.ingest.intake;

import app.kulti.recording.ingest.intake.Refusal.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * {@code kulti.ingest.webhooks}: what became of each request, by {@code outcome} (published, unrelated, or why it was refused)
 * and {@code family} (of those that are unrelated). Nothing that a sender chooses freely is a tag.
 * {@code kulti.ingest.acknowledged}: how long a published one took from its last byte to Kafka's acknowledgement.
 */
final class IntakeCounts {
    private static final String NAME = "kulti.ingest.webhooks";
    private static final String NO_FAMILY = "none";

    private final Counter published;
    private final Timer acknowledged;
    private final Map<String, Counter> unrelated;
    private final Map<Reason, Counter> refused;

    IntakeCounts(MeterRegistry registry) {
        published = counter(registry, "published", NO_FAMILY);
        acknowledged = Timer.builder("kulti.ingest.acknowledged")
                .description("From a webhook's last byte to Kafka's acknowledgement").register(registry);
        unrelated = UnrelatedFamilies.ALL.stream()
                .collect(Collectors.toUnmodifiableMap(family -> family,
                        family -> counter(registry, "unrelated", family)));
        refused = Arrays.stream(Reason.values()).collect(Collectors.toMap(reason -> reason,
                reason -> counter(registry, reason.name().toLowerCase(Locale.ROOT), NO_FAMILY), (a, _) -> a,
                () -> new EnumMap<>(Reason.class)));
    }

    /** @param nanos since its last byte came */
    void published(long nanos) {
        published.increment();
        acknowledged.record(nanos, TimeUnit.NANOSECONDS);
    }

    void unrelated(ReadWebhook webhook) {
        Objects.requireNonNull(unrelated.get(webhook.family())).increment();
    }

    void refused(Reason reason) {
        Objects.requireNonNull(refused.get(reason)).increment();
    }

    private static Counter counter(MeterRegistry registry, String outcome, String family) {
        return Counter.builder(NAME).description("Requests of 100ms, by what became of them").tag("outcome", outcome)
                .tag("family", family).register(registry);
    }
}
