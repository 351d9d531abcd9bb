package app.kulti.recording.gateway.command;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.validation.annotation.Validated;

/**
 * How commands are waited for.
 *
 * @param patience {@code wait}: how long a request waits for its outcome before it is answered with 504; a start's deadline too
 */
@Validated
@ConfigurationProperties("kulti.commands")
public record CommandSettings(
        @Name("wait") @DefaultValue("20s") @DurationMin(seconds = 1, message = "is less than a second (KULTI_COMMANDS_WAIT)") @DurationMax(seconds = 60, message = "is more than a minute (KULTI_COMMANDS_WAIT)") Duration patience) {}
