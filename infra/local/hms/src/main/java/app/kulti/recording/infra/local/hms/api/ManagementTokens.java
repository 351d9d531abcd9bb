package app.kulti.recording.infra.local.hms.api;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.util.Date;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks management tokens: HS256 with the app secret, and exactly the claims that 100ms documents. */
public final class ManagementTokens {
    private static final String BEARER = "Bearer ";

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /**
     * Checks with one secret.
     *
     * @param appSecret at least 32 bytes, as HS256 needs
     */
    public ManagementTokens(String accessKey, String appSecret, Clock clock) {
        byte[] secret = appSecret.getBytes(StandardCharsets.UTF_8);
        processor
                .setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.HS256, new ImmutableSecret<>(secret)));
        JWTClaimsSet exactly = new JWTClaimsSet.Builder().claim("access_key", accessKey).claim("type", "management")
                .claim("version", 2L).build();
        DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(exactly,
                Set.of("jti", "iat", "nbf", "exp")) {
            @Override
            protected Date currentTime() {
                return Date.from(clock.instant());
            }
        };
        // Only so that a token whose nbf is this very moment passes, as 100ms's own sample mints it.
        claims.setMaxClockSkew(1);
        processor.setJWTClaimsSetVerifier(claims);
    }

    /**
     * Lets a call through or refuses it.
     *
     * @param authorization the header
     * @throws Refusal 401, with the reason in its details
     */
    void check(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith(BEARER)) {
            throw new Refusal(401, "Token validation error", "not found");
        }
        try {
            processor.process(SignedJWT.parse(authorization.substring(BEARER.length())), null);
        } catch (ParseException _) {
            throw new Refusal(401, "Token validation error", "not a signed token");
        } catch (BadJOSEException | JOSEException e) {
            throw new Refusal(401, "Token validation error", Objects.toString(e.getMessage()));
        }
    }
}
