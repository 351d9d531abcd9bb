package app.kulti.recording.processor.retention;

import app.kulti.recording.processor.recording.Lifetime;
import java.time.Duration;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a recording may last, and how long it stays.
 *
 * @param maxDuration after which it is stopped (KULTI_RECORDING_MAXDURATION)
 * @param retention   after which it is deleted, unless it is kept (KULTI_RECORDING_RETENTION); the same as the gateway's
 */
@ConfigurationProperties("kulti.recording")
public record LifetimeSettings(@DefaultValue("2h") Duration maxDuration, @DefaultValue("90d") Duration retention) {
    public LifetimeSettings {
        require(maxDuration.isPositive(), "max-duration", "must be longer than zero");
        require(retention.compareTo(Duration.ofDays(1)) >= 0, "retention", "must be a day or longer");
    }

    /** The rules that follow. */
    public Lifetime lifetime() {
        return new Lifetime(maxDuration, retention);
    }

    private static void require(boolean holds, String name, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("kulti.recording.%s (KULTI_RECORDING_%s) %s".formatted(name,
                    name.replace("-", "").toUpperCase(Locale.ROOT), otherwise));
        }
    }
}
