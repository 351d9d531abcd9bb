package app.kulti.recording.gateway.query;

import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What recording costs. The defaults are the product spec's.
 *
 * @param currency         of all three, by ISO 4217
 * @param participantMinute a minute of recording, for everybody who takes part
 * @param gigabyteMonth    a gigabyte (10⁹ bytes) in storage for a month
 * @param gigabyteMoved    a gigabyte that leaves the storage
 */
@Validated
@ConfigurationProperties("kulti.prices")
public record PriceSettings(
        @DefaultValue("USD") @Pattern(regexp = "[A-Z]{3}", message = "is no code of three capital letters (KULTI_PRICES_CURRENCY)") String currency,
        @DefaultValue("0.004") @DecimalMin(value = "0", message = "is negative (KULTI_PRICES_PARTICIPANTMINUTE)") BigDecimal participantMinute,
        @DefaultValue("0.025") @DecimalMin(value = "0", message = "is negative (KULTI_PRICES_GIGABYTEMONTH)") BigDecimal gigabyteMonth,
        @DefaultValue("0.08") @DecimalMin(value = "0", message = "is negative (KULTI_PRICES_GIGABYTEMOVED)") BigDecimal gigabyteMoved) {}
