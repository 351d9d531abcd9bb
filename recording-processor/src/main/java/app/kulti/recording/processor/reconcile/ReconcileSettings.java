package app.kulti.recording.processor.reconcile;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often what is due is taken up.
 *
 * @param every pause between two rounds (KULTI_RECONCILE_EVERY)
 */
@ConfigurationProperties("kulti.reconcile")
public record ReconcileSettings(@DefaultValue("5s") Duration every) {
    public ReconcileSettings {
        if (every.isNegative() || every.isZero()) {
            throw new IllegalArgumentException(
                    "kulti.reconcile.every (KULTI_RECONCILE_EVERY) must be longer than zero");
        }
    }
}
