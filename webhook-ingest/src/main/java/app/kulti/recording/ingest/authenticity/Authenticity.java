package app.kulti.recording.ingest.authenticity;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Tells 100ms's requests from everybody else's.
 *
 * @see <a href="https://www.100ms.live/docs/server-side/v2/how-to-guides/configure-webhooks/secure-webhooks">100ms: secure
 *      webhooks</a>
 */
public final class Authenticity {
    private final SourceAddress source;
    private final @Nullable Networks allowed;
    private final @Nullable SecretHeader secret;
    private final @Nullable BodySignature signature;

    /** Checks what {@code settings} ask for. */
    public Authenticity(AuthenticitySettings settings) {
        source = new SourceAddress(settings.trusted());
        allowed = settings.allowedCidrs().isEmpty() ? null : settings.allowed();
        secret = settings.secrets().isEmpty() ? null : new SecretHeader(settings.secretHeader(), settings.secrets());
        signature = settings.signatureKeys().isEmpty() ? null : new BodySignature(settings.signatureKeys());
    }

    /**
     * What is wrong with the request as far as its head tells, so that nothing of a stranger's body need be read.
     *
     * @param peer the other end of the connection
     * @return null when nothing is
     */
    public @Nullable Doubt ofHead(HttpHeaders headers, @Nullable InetSocketAddress peer) {
        if (allowed != null && !allowed.contain(source.of(headers, peer))) {
            return Doubt.ADDRESS;
        }
        return secret == null || secret.isIn(headers) ? null : Doubt.SECRET;
    }

    /**
     * What is wrong with the body.
     *
     * @return null when nothing is
     */
    public @Nullable Doubt ofBody(HttpHeaders headers, byte[] body) {
        return signature == null || signature.fits(headers, body) ? null : Doubt.SIGNATURE;
    }

    /** For the operator alone: who sends it learns no more than that it was not believed. */
    public enum Doubt {
        /** It comes from an address that is not 100ms's. */
        ADDRESS,
        /** Its secret header is missing or wrong. */
        SECRET,
        /** Its signature is missing or wrong. */
        SIGNATURE
    }
}
