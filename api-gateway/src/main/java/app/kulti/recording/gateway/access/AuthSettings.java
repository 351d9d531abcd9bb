package app.kulti.recording.gateway.access;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Whose tokens are believed. With both keys, as during Supabase's change from one to the other, each token is checked with the
 * one that its algorithm belongs to.
 *
 * @param jwtSecret the project's JWT secret, for tokens signed with HS256
 * @param jwksUri   {@code https://<ref>.supabase.co/auth/v1/.well-known/jwks.json}, for ES256 and RS256
 * @param issuer    {@code iss} that a token must have; any, when it is not set
 * @param cookie    {@code sb-<ref>-auth-token}: in which cookie Supabase's own client keeps a session; none is read when it is
 *                  not set
 */
@Validated
@ConfigurationProperties("kulti.auth")
record AuthSettings(
        @Nullable String jwtSecret,
        @Nullable URI jwksUri,
        @Nullable @Pattern(regexp = "\\S+", message = "is blank (KULTI_AUTH_ISSUER)") String issuer,
        @Nullable @Pattern(regexp = "(?!(?i:true|false|yes|no|on|off)$)[\\w.~!-]+", message = "is no cookie's name such as sb-<ref>-auth-token (KULTI_AUTH_COOKIE)") String cookie) {
    /** RFC 7518, section 3.2: at least as long as the hash. */
    private static final int SHORTEST_SECRET = 32;

    @AssertTrue(message = "set kulti.auth.jwt-secret (KULTI_AUTH_JWTSECRET), kulti.auth.jwks-uri (KULTI_AUTH_JWKSURI), or both: "
            + "without one of them no token can be checked")
    boolean isAnyKeyGiven() {
        return jwtSecret != null || jwksUri != null;
    }

    // A question, since a rule on the secret itself would have its value shown when it is broken.
    @AssertTrue(message = "the secret is shorter than the 32 bytes that HS256 needs (KULTI_AUTH_JWTSECRET)")
    boolean isSecretLongEnough() {
        return jwtSecret == null || jwtSecret.getBytes(StandardCharsets.UTF_8).length >= SHORTEST_SECRET;
    }

    @AssertTrue(message = "is no http or https address (KULTI_AUTH_JWKSURI)")
    boolean isJwksUriFetchable() {
        return jwksUri == null || "https".equals(jwksUri.getScheme()) || "http".equals(jwksUri.getScheme());
    }

    /** No secret. */
    @Override
    public String toString() {
        return "AuthSettings[jwksUri=%s, issuer=%s, cookie=%s]".formatted(jwksUri, issuer, cookie);
    }
}
