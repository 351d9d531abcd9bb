package app.kulti.recording.infra.local.hms.beam;

import java.net.URI;
import java.util.Map;

/** Where webhooks go, and the secret headers that go with them. */
public record WebhookTarget(URI url, Map<String, String> headers) {
    public WebhookTarget {
        headers = Map.copyOf(headers);
    }
}
