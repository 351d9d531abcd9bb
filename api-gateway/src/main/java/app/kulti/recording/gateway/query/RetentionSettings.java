package app.kulti.recording.gateway.query;

import java.time.Duration;
import java.time.Instant;
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
        @DefaultValue("90d") @DurationMin(days = 1, message = "is less than a day (KULTI_RECORDING_RETENTION)") Duration retention) {
    /** How long before its end a host is told; the same as the processor's. */
    private static final Duration NOTICE = Duration.ofDays(7);

    /** What began before that is deleted within the next seven days, unless it is kept. */
    Instant expiring(Instant now) {
        return now.plus(NOTICE).minus(retention);
    }
}
