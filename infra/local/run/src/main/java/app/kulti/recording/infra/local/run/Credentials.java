package app.kulti.recording.infra.local.run;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/** What opens the doors of a local run. Anyone may know it: nothing of it listens beyond this machine. */
public final class Credentials {
    public static final String JWT_SECRET = "local-jwt-secret-with-at-least-thirty-two-bytes";
    static final String HMS_ACCESS_KEY = "local-access-key";
    static final String HMS_APP_SECRET = "local-app-secret-of-the-100ms-simulator";
    public static final String WEBHOOK_SECRET = "local-webhook-secret";
    public static final String WEBHOOK_SECRET_HEADER = "x-kulti-webhook-secret";
    static final String S3_ACCESS_KEY = "local";
    static final String S3_SECRET_KEY = "local-s3-secret";
    static final String BUCKET = "recordings";

    private Credentials() {}

    /**
     * A token as Supabase gives a signed-in user.
     *
     * @param expiresAt when it stops working
     */
    public static String token(UUID user, Instant issuedAt, Instant expiresAt) {
        return signed(new JWTClaimsSet.Builder().subject(user.toString()).audience("authenticated")
                .claim("role", "authenticated").claim("is_anonymous", false).issueTime(Date.from(issuedAt))
                .expirationTime(Date.from(expiresAt)).build(), JWT_SECRET);
    }

    /** A management token, for those who call the 100ms simulator's API themselves. */
    public static String managementToken(UUID id, Instant issuedAt, Instant expiresAt) {
        return signed(new JWTClaimsSet.Builder().claim("access_key", HMS_ACCESS_KEY).claim("type", "management")
                .claim("version", 2).jwtID(id.toString()).issueTime(Date.from(issuedAt))
                .notBeforeTime(Date.from(issuedAt)).expirationTime(Date.from(expiresAt)).build(), HMS_APP_SECRET);
    }

    private static String signed(JWTClaimsSet claims, String secret) {
        try {
            var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
            token.sign(new MACSigner(secret));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("the local token could not be signed", e);
        }
    }
}
