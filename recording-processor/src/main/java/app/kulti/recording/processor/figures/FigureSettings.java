package app.kulti.recording.processor.figures;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How recordings are counted.
 *
 * @param every        pause between two looks at all of them (KULTI_FIGURES_EVERY)
 * @param storageLimit what the storage may hold, for the alert before it is full (KULTI_FIGURES_STORAGELIMIT); zero: no limit
 */
@ConfigurationProperties("kulti.figures")
public record FigureSettings(@DefaultValue("1m") Duration every, @DefaultValue("0B") DataSize storageLimit) {
    public FigureSettings {
        if (every.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("kulti.figures.every (KULTI_FIGURES_EVERY) must be a second at least");
        }
        if (storageLimit.isNegative()) {
            throw new IllegalArgumentException(
                    "kulti.figures.storagelimit (KULTI_FIGURES_STORAGELIMIT) must not be negative");
        }
    }
}
