package app.kulti.recording.gateway.limit;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much one user may ask of one copy of the gateway.
 *
 * @param commands starts, stops and the like within ten seconds
 */
@Validated
@ConfigurationProperties("kulti.limits")
public record LimitSettings(
        @DefaultValue("10") @Min(value = 1, message = "is less than one (KULTI_LIMITS_COMMANDS)") int commands) {}
