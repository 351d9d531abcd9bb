package app.kulti.recording.gateway.query;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the processor does to old recordings, so that answers can tell it.
 *
 * @param retention after which a recording is deleted, unless it is kept; the same value as the processor's
 */
@Validated
@ConfigurationProperties("kulti.recording")
public record RetentionSettings(
        @DefaultValue("90d") @DurationMin(days = 1, message = "is less than a day (KULTI_RECORDING_RETENTION)") Duration retention) {}
