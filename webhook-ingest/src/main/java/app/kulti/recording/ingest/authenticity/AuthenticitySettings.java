package app.kulti.recording.ingest.authenticity;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How 100ms shows that it is 100ms. What is configured must all be fulfilled; secrets or signature keys must be.
 *
 * @param secrets        live values of the secret header, separated by commas; two while one replaces the other
 *                       ({@code KULTI_WEBHOOK_SECRETS})
 * @param secretHeader   the header that carries one of them, as configured in 100ms's dashboard
 *                       ({@code KULTI_WEBHOOK_SECRETHEADER})
 * @param signatureKeys  live keys of {@code x-100ms-signature}, which only HIPAA workspaces send
 *                       ({@code KULTI_WEBHOOK_SIGNATUREKEYS})
 * @param allowedCidrs   addresses and networks that 100ms calls from; empty: any ({@code KULTI_WEBHOOK_ALLOWEDCIDRS})
 * @param trustedProxies addresses and networks whose {@code X-Forwarded-For} is believed
 *                       ({@code KULTI_WEBHOOK_TRUSTEDPROXIES})
 */
@ConfigurationProperties("kulti.webhook")
public record AuthenticitySettings(@DefaultValue List<String> secrets,
        @DefaultValue("X-Kulti-Webhook-Secret") String secretHeader, @DefaultValue List<String> signatureKeys,
        @DefaultValue List<String> allowedCidrs, @DefaultValue List<String> trustedProxies) {

    private static final String ALLOWED_CIDRS = "kulti.webhook.allowed-cidrs (KULTI_WEBHOOK_ALLOWEDCIDRS)";
    private static final String TRUSTED_PROXIES = "kulti.webhook.trusted-proxies (KULTI_WEBHOOK_TRUSTEDPROXIES)";

    /** Refuses, by name, what would let everybody in or nobody. */
    public AuthenticitySettings {
        secrets = List.copyOf(secrets);
        signatureKeys = List.copyOf(signatureKeys);
        allowedCidrs = List.copyOf(allowedCidrs);
        trustedProxies = List.copyOf(trustedProxies);
        if (secrets.isEmpty() && signatureKeys.isEmpty()) {
            throw new IllegalArgumentException("kulti.webhook.secrets (KULTI_WEBHOOK_SECRETS) or"
                    + " kulti.webhook.signature-keys (KULTI_WEBHOOK_SIGNATUREKEYS) must be set:"
                    + " without them anybody could post webhooks");
        }
        requireNoBlank(secrets, "kulti.webhook.secrets (KULTI_WEBHOOK_SECRETS)");
        requireNoBlank(signatureKeys, "kulti.webhook.signature-keys (KULTI_WEBHOOK_SIGNATUREKEYS)");
        requireNoBlank(List.of(secretHeader), "kulti.webhook.secret-header (KULTI_WEBHOOK_SECRETHEADER)");
        var _ = Networks.of(allowedCidrs, ALLOWED_CIDRS);
        var _ = Networks.of(trustedProxies, TRUSTED_PROXIES);
    }

    Networks allowed() {
        return Networks.of(allowedCidrs, ALLOWED_CIDRS);
    }

    Networks trusted() {
        return Networks.of(trustedProxies, TRUSTED_PROXIES);
    }

    private static void requireNoBlank(List<String> values, String name) {
        if (values.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(name + " holds an empty value; look for a comma too many");
        }
    }

    /** How many, never which. */
    @Override
    public String toString() {
        return "AuthenticitySettings[%d secrets in %s, %d signature keys, allowed %s, trusted proxies %s]".formatted(
                secrets.size(), secretHeader, signatureKeys.size(), allowedCidrs, trustedProxies);
    }
}
