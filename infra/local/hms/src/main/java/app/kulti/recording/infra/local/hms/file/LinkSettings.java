package app.kulti.recording.infra.local.hms.file;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Links to files.
 *
 * @param publicUrl what they begin with, as readers see this process; null for {@code http://localhost:<port>}
 * @param webhook   life of the link in {@code beam.recording.success}; 100ms does not say how long its own lives
 * @param presigned life of a link asked for without {@code presign_duration}; 100ms's is three days
 */
@ConfigurationProperties("kulti.simulator.links")
public record LinkSettings(@Nullable URI publicUrl, @DefaultValue("12h") Duration webhook,
        @DefaultValue("3d") Duration presigned) {

    public LinkSettings {
        if (publicUrl != null && (publicUrl.getScheme() == null || publicUrl.getHost() == null)) {
            throw new IllegalArgumentException(
                    "kulti.simulator.links.public-url must be like http://localhost:8090, but is " + publicUrl);
        }
        if (!webhook.isPositive() || !presigned.isPositive()) {
            throw new IllegalArgumentException(
                    "kulti.simulator.links.webhook and .presigned must be longer than nothing");
        }
    }
}
