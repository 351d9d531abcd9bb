package app.kulti.recording.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.gateway.Tokens;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SupabaseTokensTest {
    private static final UUID USER = UUID.randomUUID();
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int FASTER = 1_000;
    /** As usual, but so much faster. */
    private static final PublishedKeys.Keeping SOON = new PublishedKeys.Keeping(Duration.ofMillis(600),
            Duration.ofMinutes(1), Duration.ofMillis(30));

    private final AtomicReference<String> published = new AtomicReference<>("{\"keys\":[]}");
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile boolean away;
    private DisposableServer server;
    private ECKey elliptic;
    private RSAKey rsa;

    private void publishUsual() {
        published.set(new JWKSet(List.of(elliptic, rsa)).toString());
    }

    @BeforeAll
    void publishKeys() throws Exception {
        elliptic = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
        publishUsual();
        server = HttpServer.create().host("127.0.0.1").port(0).handle((_, response) -> {
            fetches.incrementAndGet();
            return away ? response.status(503).send() : response.sendString(Mono.fromSupplier(published::get));
        }).bindNow(LIMIT);
    }

    @AfterAll
    void stop() {
        server.disposeNow(LIMIT);
    }

    @Test
    void aUsersTokenIsRead() {
        assertThat(decode(secretOnly(), Tokens.of(USER)).getSubject()).isEqualTo(USER.toString());
        assertThat(decode(secretOnly(), Tokens.of(USER, claims -> claims.audience(List.of("other", "authenticated"))))
                .getSubject()).isEqualTo(USER.toString());
    }

    static Stream<Arguments> notAUser() {
        return Stream.of(
                claims("without sub", claims -> claims.subject(null)),
                claims("sub is no UUID", claims -> claims.subject("1-1-1-1-1")),
                claims("another audience", claims -> claims.audience("anon")),
                claims("without audience", claims -> claims.audience((String) null)),
                claims("another role", claims -> claims.claim("role", "service_role")),
                claims("a list of roles", claims -> claims.claim("role", List.of("authenticated"))),
                claims("without role", claims -> claims.claim("role", null)),
                claims("without exp", claims -> claims.expirationTime(null)),
                claims("expired", claims -> claims.issueTime(inSeconds(-3600)).expirationTime(inSeconds(-31))),
                claims("not yet", claims -> claims.notBeforeTime(inSeconds(60))),
                claims("another issuer", claims -> claims.issuer("https://other.supabase.co/auth/v1")),
                claims("without issuer", claims -> claims.issuer(null)),
                Arguments.of("anon key", Tokens.key("anon")),
                Arguments.of("service key", Tokens.key("service_role")),
                Arguments.of("another secret", Tokens.signed(Tokens.claimsOf(USER).build(), "x".repeat(40))),
                Arguments.of("unsigned", new PlainJWT(Tokens.claimsOf(USER).build()).serialize()),
                Arguments.of("HS512", hmac(JWSAlgorithm.HS512)),
                Arguments.of("no JWT", "abc"),
                Arguments.of("two parts", "abc.def"),
                Arguments.of("tampered", tampered(Tokens.of(USER))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notAUser")
    void whatIsNotAUsersTokenIsRefused(String ignoredName, String token) {
        assertThatExceptionOfType(BadJwtException.class)
                .isThrownBy(() -> decode(tokens(Tokens.SECRET, null, Tokens.ISSUER), token));
    }

    @Test
    void aClockMayBeALittleOff() {
        assertThatNoException().isThrownBy(() -> decode(secretOnly(),
                Tokens.of(USER, claims -> claims
                        .issueTime(inSeconds(-3600)).expirationTime(inSeconds(-20)).notBeforeTime(inSeconds(20)))));
    }

    @Test
    void publishedKeysCheckWhatTheySigned() throws Exception {
        var both = tokens(Tokens.SECRET, jwks(), null);
        assertThat(decode(both, ec(elliptic)).getSubject()).isEqualTo(USER.toString());
        assertThat(decode(both, rs(rsa)).getSubject()).isEqualTo(USER.toString());
        assertThat(decode(both, Tokens.of(USER)).getSubject()).isEqualTo(USER.toString());
    }

    @Test
    void anOperatorIsToldWhetherTheKeysWouldDo() {
        assertThat(obstacle(jwks())).isNull();
        published.set("{\"keys\":[]}");
        assertThat(obstacle(jwks())).contains("no key for ES256 or RS256", "KULTI_AUTH_JWKSURI");
        published.set("<html>Welcome</html>");
        assertThat(obstacle(jwks())).contains("are no keys", "KULTI_AUTH_JWKSURI");
        publishUsual();
        away = true;
        assertThat(obstacle(jwks())).contains("gives no keys", "KULTI_AUTH_JWKSURI");
        away = false;
    }

    private static @Nullable String obstacle(URI published) {
        return new PublishedKeysTrial(published).obstacle().block(LIMIT);
    }

    @Test
    void aTokenDoesNotChooseItsKey() throws Exception {
        var publicKeyAsSecret = Tokens.signed(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa"),
                Tokens.claimsOf(USER).build(), new MACSigner(rsa.toRSAPublicKey().getEncoded()));
        refused(tokens(null, jwks(), null), publicKeyAsSecret);
        refused(tokens(Tokens.SECRET, jwks(), null), publicKeyAsSecret);
        refused(tokens(null, jwks(), null), Tokens.of(USER));
        refused(secretOnly(), ec(elliptic));
        refused(tokens(null, jwks(), null), ec(new ECKeyGenerator(Curve.P_256).keyID("ec").generate()));
    }

    @Test
    void aKeyIdThatDoesNotExistIsNotLookedForEachTime() throws Exception {
        var tokens = tokens(null, jwks(), null);
        decode(tokens, ec(elliptic));
        var unknown = ec(new ECKeyGenerator(Curve.P_256).keyID("unknown").generate());
        var before = fetches.get();
        for (int i = 0; i < 10; i++) {
            refused(tokens, unknown);
        }
        assertThat(fetches.get() - before).isLessThanOrEqualTo(2);
    }

    @Test
    void aNewKeyIsFoundAtOnceAndThenAWithdrawnOneIsNotUsedAnyMore() throws Exception {
        var tokens = tokens(jwks(), SOON);
        decode(tokens, ec(elliptic));
        var next = new ECKeyGenerator(Curve.P_256).keyID("next").generate();
        try {
            published.set(new JWKSet(List.of(next)).toString());
            assertThat(decode(tokens, ec(next)).getSubject()).isEqualTo(USER.toString());
            refused(tokens, ec(elliptic));
        } finally {
            publishUsual();
        }
        await().atMost(LIMIT).untilAsserted(() -> decode(tokens, ec(elliptic)));
        refused(tokens, ec(next));
    }

    /** Though nobody asks for another, and nothing but the time tells that it is withdrawn. */
    @Test
    void aWithdrawnKeyIsBelievedForTenMinutesAtMost() throws Exception {
        assertThat(PublishedKeys.Keeping.USUAL.kept()).isEqualTo(SOON.kept().multipliedBy(FASTER))
                .isLessThanOrEqualTo(Duration.ofMinutes(10));
        var tokens = tokens(jwks(), SOON);
        decode(tokens, ec(elliptic));
        published.set(new JWKSet(rsa).toString());
        try {
            decode(tokens, ec(elliptic));
            await().atMost(LIMIT).untilAsserted(() -> refused(tokens, ec(elliptic)));
        } finally {
            publishUsual();
        }
    }

    @Test
    void keysThatWereFetchedOnceOutliveTheKeyServer() throws Exception {
        var tokens = tokens(jwks(), SOON);
        decode(tokens, ec(elliptic));
        away = true;
        try {
            var asked = fetches.get();
            await().atMost(LIMIT).untilAsserted(() -> {
                decode(tokens, ec(elliptic));
                assertThat(fetches).as("fetched anew, in vain").hasValueGreaterThan(asked + 2);
            });
        } finally {
            away = false;
        }
    }

    @Test
    void whoMakesUpKeyIdsLocksNobodyOut() throws Exception {
        var tokens = tokens(jwks(), SOON);
        decode(tokens, ec(elliptic));
        var madeUp = ec(new ECKeyGenerator(Curve.P_256).keyID("made-up").generate());
        for (var isAway : List.of(false, true)) {
            away = isAway;
            try {
                for (int i = 0; i < 20; i++) {
                    notAccepted(tokens, madeUp);
                    decode(tokens, ec(elliptic));
                }
            } finally {
                away = false;
            }
        }
    }

    /** However often they try: a page would sign out whoever is told that their token is no good. */
    @Test
    void withoutAKeyServerNobodyIsToBlame() throws Exception {
        var away = tokens(null, URI.create("http://127.0.0.1:1/jwks.json"), null);
        var token = ec(elliptic);
        for (int i = 0; i < 5; i++) {
            assertThatExceptionOfType(JwtException.class).isThrownBy(() -> decode(away, token))
                    .isNotInstanceOf(BadJwtException.class);
        }
    }

    private void notAccepted(SupabaseTokens tokens, String token) {
        assertThatExceptionOfType(JwtException.class).isThrownBy(() -> decode(tokens, token));
    }

    private void refused(SupabaseTokens tokens, String token) {
        assertThatExceptionOfType(BadJwtException.class).isThrownBy(() -> decode(tokens, token));
    }

    private static Jwt decode(SupabaseTokens tokens, String token) {
        var jwt = tokens.decode(token).block(LIMIT);
        if (jwt == null) {
            throw new AssertionError("neither read nor refused");
        }
        return jwt;
    }

    private static SupabaseTokens secretOnly() {
        return tokens(Tokens.SECRET, null, null);
    }

    private URI jwks() {
        return URI.create("http://127.0.0.1:" + server.port() + "/jwks.json");
    }

    private static SupabaseTokens tokens(@Nullable String secret, @Nullable URI jwks, @Nullable String issuer) {
        return new SupabaseTokens(new AuthSettings(secret, jwks, issuer, null), PublishedKeys.Keeping.USUAL,
                Clock.systemUTC(),
                Schedulers.boundedElastic());
    }

    private static SupabaseTokens tokens(URI jwks, PublishedKeys.Keeping keeping) {
        return new SupabaseTokens(new AuthSettings(null, jwks, null, null), keeping, Clock.systemUTC(),
                Schedulers.boundedElastic());
    }

    private static String ec(ECKey key) throws Exception {
        return Tokens.signed(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()),
                Tokens.claimsOf(USER).build(), new ECDSASigner(key));
    }

    private static String rs(RSAKey key) throws Exception {
        return Tokens.signed(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()),
                Tokens.claimsOf(USER).build(), new RSASSASigner(key));
    }

    private static String hmac(JWSAlgorithm algorithm) {
        try {
            return Tokens.signed(new JWSHeader.Builder(algorithm), Tokens.claimsOf(USER).build(),
                    new MACSigner(Tokens.SECRET + Tokens.SECRET));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String tampered(String token) {
        var parts = token.split("\\.", -1);
        var other = Tokens.of(UUID.randomUUID()).split("\\.", -1);
        return parts[0] + "." + other[1] + "." + parts[2];
    }

    private static Arguments claims(String name, UnaryOperator<JWTClaimsSet.Builder> change) {
        return Arguments.of(name, Tokens.of(USER, change));
    }

    private static Date inSeconds(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }
}
