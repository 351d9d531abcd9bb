package app.kulti.recording.processor.hms;

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
import java.time.InstantSource;
import java.util.Date;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The tokens that 100ms's server API takes: HS256 with the app secret, and exactly the documented claims. One serves every
 * call until shortly before it expires.
 *
 * @see <a href="https://www.100ms.live/docs/get-started/v2/get-started/security-and-tokens">100ms: tokens</a>
 */
final class ManagementTokens {
    // As in all of 100ms's own samples; no longest life is documented.
    private static final Duration LIFE = Duration.ofHours(24);
    private static final Duration RENEWED_BEFORE = Duration.ofHours(1);
    // So much may our clock be ahead of 100ms's before a token is refused as not yet valid.
    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final JWSHeader HEADER = new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build();

    private final String accessKey;
    private final MACSigner signer;
    private final InstantSource clock;
    private final Supplier<UUID> ids;
    private final AtomicReference<Token> current;

    /** @param ids a new id for each token */
    ManagementTokens(HmsSettings settings, InstantSource clock, Supplier<UUID> ids) {
        this.accessKey = settings.accessKey();
        this.clock = clock;
        this.ids = ids;
        try {
            this.signer = new MACSigner(settings.appSecret().getBytes(StandardCharsets.UTF_8));
        } catch (JOSEException e) {
            throw new IllegalStateException("an app secret that passed its check signs", e);
        }
        this.current = new AtomicReference<>(mint());
    }

    /** A token that is good for an hour at least. */
    Token current() {
        return replacedIf(token -> !clock.instant().isBefore(token.renewAt()));
    }

    /** Another than {@code refused}: a fresh one, or the one that another call has put in its place meanwhile. */
    Token after(Token refused) {
        return replacedIf(refused::equals);
    }

    /** Calls that replace it at the same time agree on one new token. */
    private Token replacedIf(Predicate<Token> useless) {
        return current.updateAndGet(token -> useless.test(token) ? mint() : token);
    }

    private Token mint() {
        var now = clock.instant();
        var issuedAt = now.minus(SKEW);
        var expiresAt = issuedAt.plus(LIFE);
        var claims = new JWTClaimsSet.Builder()
                .claim("access_key", accessKey)
                .claim("type", "management")
                .claim("version", 2)
                .jwtID(ids.get().toString())
                .issueTime(Date.from(issuedAt))
                .notBeforeTime(Date.from(issuedAt))
                .expirationTime(Date.from(expiresAt))
                .build();
        var jwt = new SignedJWT(HEADER, claims);
        try {
            jwt.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("HS256 is part of every JDK", e);
        }
        return new Token(jwt.serialize(), expiresAt.minus(RENEWED_BEFORE));
    }

    /** A token, whose text form does not tell it. */
    record Token(String value, Instant renewAt) {
        @Override
        public String toString() {
            return "Token[renewAt=" + renewAt + "]";
        }
    }
}
