package app.kulti.recording.gateway.query;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the processor does to old recordings, so that answers can tell it.
 *
 * @param retention after which a recording is deleted, unless it is kept; the same value as the processor's
 */
@ConfigurationProperties("kulti.recording")
public record RetentionSettings(
        @DefaultValue("90d") @DurationMin(days = 1, message = "is less than a day (KULTI_RECORDING_RETENTION)") Duration retention) {}
