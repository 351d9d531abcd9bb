package app.kulti.recording.infra.local.hms.webhook;

import app.kulti.recording.infra.local.hms.beam.Dialect;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The workspace's webhook.
 *
 * @param url          where to; null: webhooks are only written to the log of deliveries
 * @param headers      sent with each, by name: the secret that the receiver compares
 * @param signatureKey when set, {@code x-100ms-signature} carries the hex HMAC-SHA256 of the body with it
 * @param dialect      of rooms that have none of their own
 * @param timeout      for one attempt; 100ms does not say what its own is
 * @param retries      pauses before each repeated attempt, counted from the failed one
 * @param replayPause  between two webhooks of a replay; 100ms sends ten a second
 */
@ConfigurationProperties("kulti.simulator.webhook")
public record WebhookSettings(@Nullable URI url, @DefaultValue Map<String, String> headers,
        @Nullable String signatureKey, @DefaultValue("beam") Dialect dialect,
        @DefaultValue("10s") Duration timeout, @DefaultValue( {
                "1s", "3s", "10s"}) List<Duration> retries,
        @DefaultValue("100ms") Duration replayPause){

    public WebhookSettings {
        if (url != null && (url.getScheme() == null || url.getHost() == null)) {
            throw new IllegalArgumentException(
                    "kulti.simulator.webhook.url must be like http://localhost:8081/api/webhooks/hms, but is " + url);
        }
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("kulti.simulator.webhook.timeout must be longer than nothing");
        }
        if (!replayPause.isPositive()) {
            throw new IllegalArgumentException("kulti.simulator.webhook.replay-pause must be longer than nothing");
        }
        if (retries.size() > 10) {
            throw new IllegalArgumentException("kulti.simulator.webhook.retries has at most 10 pauses");
        }
        headers = Map.copyOf(headers);
        retries = List.copyOf(retries);
    }
}
