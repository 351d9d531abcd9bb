package app.kulti.recording.ingest.authenticity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.http.HttpHeaders;

/**
 * {@code x-100ms-signature}: the hex HMAC-SHA256 of the raw body. 100ms sends it bare; {@code sha256=} before it, as others
 * write it, does no harm.
 */
final class BodySignature {
    private static final String HEADER = "x-100ms-signature";
    private static final String PREFIX = "sha256=";
    private static final String ALGORITHM = "HmacSHA256";

    private final List<SecretKeySpec> keys;

    BodySignature(List<String> keys) {
        this.keys = keys.stream().map(key -> new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM))
                .toList();
    }

    boolean fits(HttpHeaders headers, byte[] body) {
        var value = headers.getFirst(HEADER);
        if (value == null) {
            return false;
        }
        byte[] given;
        try {
            given = HexFormat.of().parseHex(value.startsWith(PREFIX) ? value.substring(PREFIX.length()) : value);
        } catch (IllegalArgumentException _) {
            return false;
        }
        var known = false;
        for (var key : keys) {
            known |= MessageDigest.isEqual(given, hmac(key, body));
        }
        return known;
    }

    private static byte[] hmac(SecretKeySpec key, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
