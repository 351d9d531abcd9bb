package app.kulti.recording.infra.local.hms.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ManagementTokensTest {
    private static final String SECRET = "a-secret-of-the-app-with-more-than-32-bytes-0123456789";
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final ManagementTokens tokens = new ManagementTokens("key", SECRET, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void aTokenAsDocumentedPasses() {
        assertThatCode(() -> tokens.check("Bearer " + signed(SECRET, good -> good))).doesNotThrowAnyException();
    }

    @Test
    void aCallWithoutATokenIsRefused() {
        assertRefused(null);
        assertRefused("");
        assertRefused("Bearer ");
        assertRefused("Bearer key:" + SECRET);
        assertRefused(signed(SECRET, good -> good));
    }

    @Test
    void aTokenSignedWithAnotherSecretIsRefused() {
        assertRefused("Bearer " + signed("another-secret-that-is-long-enough-for-hs256", good -> good));
    }

    @Test
    void aTokenWithoutASignatureIsRefused() {
        assertRefused("Bearer " + new PlainJWT(claims(good -> good)).serialize());
    }

    @Test
    void aTokenThatIsOverOrNotYetGoodIsRefused() {
        assertRefused("Bearer " + signed(SECRET, good -> good.expirationTime(Date.from(NOW.minusSeconds(1)))));
        assertRefused("Bearer " + signed(SECRET, good -> good.notBeforeTime(Date.from(NOW.plusSeconds(60)))));
    }

    @Test
    void aTokenWithOtherClaimsIsRefused() {
        assertRefused("Bearer " + signed(SECRET, good -> good.claim("type", "app")));
        assertRefused("Bearer " + signed(SECRET, good -> good.claim("version", "2")));
        assertRefused("Bearer " + signed(SECRET, good -> good.claim("version", 1)));
        assertRefused("Bearer " + signed(SECRET, good -> good.claim("access_key", "another")));
        assertRefused("Bearer " + signed(SECRET, good -> good.jwtID(null)));
        assertRefused("Bearer " + signed(SECRET, good -> good.expirationTime(null)));
        assertRefused("Bearer " + signed(SECRET, good -> good.notBeforeTime(null)));
        assertRefused("Bearer " + signed(SECRET, good -> good.issueTime(null)));
    }

    private void assertRefused(@Nullable String authorization) {
        assertThatThrownBy(() -> tokens.check(authorization)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.body().code()).isEqualTo(401);
            assertThat(refusal.body().message()).isEqualTo("Token validation error");
        });
    }

    private static JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> change) {
        return change.apply(new JWTClaimsSet.Builder().claim("access_key", "key").claim("type", "management")
                .claim("version", 2).jwtID("4f8c2f6e-8f5c-4a55-9a0b-0b5d2f1f4a55")
                .issueTime(Date.from(NOW.minusSeconds(60)))
                .notBeforeTime(Date.from(NOW)).expirationTime(Date.from(NOW.plusSeconds(86_400)))).build();
    }

    private static String signed(String secret, UnaryOperator<JWTClaimsSet.Builder> change) {
        try {
            SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims(change));
            token.sign(new MACSigner(secret));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
