package app.kulti.recording.processor.retention;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How fast what is old goes. However far a clock jumps and however old a table is when it is first seen, no more are told
 * and deleted at a time than these two allow, by all copies of the service together.
 *
 * @param every pause between two runs (KULTI_RETENTION_EVERY)
 * @param most  at most so many are told, and as many deleted, in a run (KULTI_RETENTION_MOST)
 */
@ConfigurationProperties("kulti.retention")
public record RetentionSettings(@DefaultValue("10m") Duration every, @DefaultValue("100") int most) {
    public RetentionSettings {
        if (!every.isPositive()) {
            throw new IllegalArgumentException(
                    "kulti.retention.every (KULTI_RETENTION_EVERY) must be longer than zero");
        }
        if (most < 1) {
            throw new IllegalArgumentException("kulti.retention.most (KULTI_RETENTION_MOST) must be 1 or more");
        }
    }
}
