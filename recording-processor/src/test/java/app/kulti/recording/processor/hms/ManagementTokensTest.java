package app.kulti.recording.processor.hms;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ManagementTokensTest {
    private static final UUID ID = UUID.fromString("1f0f8a3e-6c1b-4b7e-9d35-2a5f3d8c7b10");

    private Instant now = TestHms.NOW;
    private final ManagementTokens tokens = tokens();

    private ManagementTokens tokens() {
        return new ManagementTokens(TestHms.settings(URI.create("https://api.100ms.live/v2"), null), () -> now,
                () -> ID);
    }

    @Test
    void haveExactlyTheDocumentedClaims() throws ParseException {
        var token = SignedJWT.parse(tokens.current().value());

        assertThat(token.getHeader().toJSONObject()).isEqualTo(Map.of("alg", "HS256", "typ", "JWT"));
        assertThat(token.getPayload().toJSONObject()).isEqualTo(Map.of(
                "access_key", TestHms.ACCESS_KEY,
                "type", "management",
                "version", 2L,
                "jti", ID.toString(),
                "iat", now.minusSeconds(60).getEpochSecond(),
                "nbf", now.minusSeconds(60).getEpochSecond(),
                "exp", now.minusSeconds(60).plus(Duration.ofHours(24)).getEpochSecond()));
        assertThat(token.getPayload().toString()).contains("\"version\":2,");
    }

    @Test
    void areSignedWithTheBytesOfTheSecret() throws ParseException, JOSEException {
        var verifier = new MACVerifier(TestHms.APP_SECRET.getBytes(StandardCharsets.UTF_8));

        assertThat(SignedJWT.parse(tokens.current().value()).verify(verifier)).isTrue();
    }

    @Test
    void serveUntilAnHourBeforeTheyExpire() {
        var first = tokens.current();

        now = TestHms.NOW.plus(Duration.ofHours(23)).minusSeconds(61);
        assertThat(tokens.current()).isSameAs(first);
        now = now.plusSeconds(1);
        assertThat(tokens.current()).isNotEqualTo(first);
    }

    @Test
    void callsThatWereRefusedTheSameTokenAgreeOnTheNext() {
        var refused = tokens.current();
        now = now.plusSeconds(10);

        assertThat(IntStream.range(0, 100).parallel().mapToObj(_ -> tokens.after(refused)).distinct().toList())
                .isEqualTo(List.of(tokens.current())).doesNotContain(refused);
    }

    @Test
    void doNotTellThemselves() {
        assertThat(tokens.current().toString()).doesNotContain(tokens.current().value(), "eyJ");
    }
}
