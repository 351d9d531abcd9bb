package app.kulti.recording.infra.ops.hms;

import app.kulti.recording.infra.ops.OpsSettings;
import app.kulti.recording.infra.ops.Told;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/** The token that 100ms's server API takes: HS256 with the app secret, and exactly the documented claims. */
final class ManagementToken {
    // As in all of 100ms's own samples; longer than any command runs.
    private static final Duration LIFE = Duration.ofHours(24);
    private static final Duration SKEW = Duration.ofSeconds(60);

    private ManagementToken() {}

    static String mint(OpsSettings.Hms settings, Instant now, UUID id) {
        var issuedAt = now.minus(SKEW);
        var token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build(),
                new JWTClaimsSet.Builder().claim("access_key", settings.accessKey()).claim("type", "management")
                        .claim("version", 2).jwtID(id.toString()).issueTime(Date.from(issuedAt))
                        .notBeforeTime(Date.from(issuedAt)).expirationTime(Date.from(issuedAt.plus(LIFE))).build());
        try {
            token.sign(new MACSigner(settings.appSecret().getBytes(StandardCharsets.UTF_8)));
        } catch (JOSEException _) {
            throw Told.usage("KULTI_HMS_APPSECRET is cut short: HS256 needs at least 32 bytes.");
        }
        return token.serialize();
    }
}
