package app.kulti.recording.ingest.authenticity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import app.kulti.recording.ingest.authenticity.Authenticity.Doubt;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class AuthenticityTest {
    private static final String HEADER = "X-Kulti-Webhook-Secret";
    private static final InetSocketAddress ANYWHERE = new InetSocketAddress("203.0.113.7", 4711);
    private static final byte[] BODY = "{\"type\":\"beam.failure\"}".getBytes(UTF_8);
    /** {@code printf '{"type":"beam.failure"}' | openssl dgst -sha256 -hmac key-one} */
    private static final String SIGNED_WITH_KEY_ONE = "c843ac933acad3afdb637c4968344c105c0c8cb0ff18fac485c9d21a8eb1111e";

    @ParameterizedTest
    @ValueSource(strings = {"old-secret", "new-secret"})
    void whileASecretIsReplacedBothAreRight(String secret) {
        assertThat(withSecrets("old-secret", "new-secret").ofHead(headers(HEADER, secret), ANYWHERE)).isNull();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "old-secre", "old-secret ", "OLD-SECRET", "old-secretnew-secret", "other"})
    void anyOtherSecretIsWrong(String secret) {
        var headers = new HttpHeaders();
        if (secret != null) {
            headers.set(HEADER, secret);
        }

        assertThat(withSecrets("old-secret", "new-secret").ofHead(headers, ANYWHERE)).isEqualTo(Doubt.SECRET);
    }

    @Test
    void aSecretIsComparedByItsBytes() {
        var asItIsReceived = new String("gehêim".getBytes(UTF_8), StandardCharsets.ISO_8859_1);

        assertThat(withSecrets("gehêim").ofHead(headers(HEADER, asItIsReceived), ANYWHERE)).isNull();
    }

    @Test
    void theHeadersNameIsASetting() {
        var authenticity = new Authenticity(
                new AuthenticitySettings(List.of("s"), "x-other", List.of(), List.of(), List.of()));

        assertThat(authenticity.ofHead(headers("X-Other", "s"), ANYWHERE)).isNull();
        assertThat(authenticity.ofHead(headers(HEADER, "s"), ANYWHERE)).isEqualTo(Doubt.SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "sha256=%s"})
    void aSignatureOfTheBodyIsRightBareOrPrefixed(String form) {
        var headers = headers("x-100ms-signature", form.formatted(SIGNED_WITH_KEY_ONE));

        assertThat(withKeys("key-one").ofBody(headers, BODY)).isNull();
        assertThat(withKeys("key-two", "key-one").ofBody(headers, BODY)).isNull();
    }

    @Test
    void hexMayBeWrittenLarge() {
        assertThat(
                withKeys("key-one").ofBody(headers("x-100ms-signature", SIGNED_WITH_KEY_ONE.toUpperCase(Locale.ROOT)),
                        BODY))
                .isNull();
    }

    @Test
    void aSignatureOfAnythingElseIsWrong() {
        var headers = headers("x-100ms-signature", SIGNED_WITH_KEY_ONE);

        assertThat(withKeys("key-two").ofBody(headers, BODY)).isEqualTo(Doubt.SIGNATURE);
        assertThat(withKeys("key-one").ofBody(headers, "{}".getBytes(UTF_8))).isEqualTo(Doubt.SIGNATURE);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "sha256=", "zz", "abc", "00", "sha256=sha256=00"})
    void whatIsNoSignatureIsWrong(String signature) {
        var headers = new HttpHeaders();
        if (signature != null) {
            headers.set("x-100ms-signature", signature);
        }

        assertThat(withKeys("key-one").ofBody(headers, BODY)).isEqualTo(Doubt.SIGNATURE);
    }

    @Test
    void whereBothAreAskedForBothMustBeRight() {
        var authenticity = new Authenticity(
                new AuthenticitySettings(List.of("s"), HEADER, List.of("key-one"), List.of(), List.of()));
        var secretOnly = headers(HEADER, "s");

        assertThat(authenticity.ofHead(secretOnly, ANYWHERE)).isNull();
        assertThat(authenticity.ofBody(secretOnly, BODY)).isEqualTo(Doubt.SIGNATURE);
        assertThat(authenticity.ofHead(headers("x-100ms-signature", SIGNED_WITH_KEY_ONE), ANYWHERE))
                .isEqualTo(Doubt.SECRET);
    }

    @ParameterizedTest
    @CsvSource({"203.0.113.7, true", "203.0.113.8, false", "198.51.100.200, true", "198.51.101.1, false",
            "2001:db8:1::5, true", "2001:db8:2::5, false", "::ffff:203.0.113.7, true", "::ffff:203.0.113.8, false"})
    void onlyAllowedAddressesMayCall(String peer, boolean allowed) {
        assertThat(fromNetworks("203.0.113.7", "198.51.100.0/24", "2001:db8:1::/48", "::1")
                .ofHead(headers(HEADER, "s"), new InetSocketAddress(peer, 1)))
                .isEqualTo(allowed ? null : Doubt.ADDRESS);
    }

    @Test
    void aStrangersForwardedForIsNotBelieved() {
        var headers = headers(HEADER, "s");
        headers.add("X-Forwarded-For", "203.0.113.7");

        assertThat(behindProxies().ofHead(headers, new InetSocketAddress("192.0.2.66", 1))).isEqualTo(Doubt.ADDRESS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "203.0.113.7 | true",
            "203.0.113.7, 10.0.0.2 | true",
            "203.0.113.7 ,10.0.0.2,10.9.9.9 | true",
            "192.0.2.66, 203.0.113.7 | true",
            "203.0.113.7, 192.0.2.66 | false",
            "203.0.113.7, 192.0.2.66, 10.0.0.2 | false",
            "203.0.113.7:4711 | true",
            "[::ffff:203.0.113.7]:4711 | true",
            "::ffff:203.0.113.7 | true",
            "fd00::1 | false",
            "203.0.113.7, unknown | false",
            "203.0.113.7, | false",
            "203.0.113.7, localhost | false",
            "[203.0.113.7 | false",
            "10.0.0.2 | false"})
    void behindTrustedProxiesTheNearestThatIsNoneCounts(String forwardedFor, boolean allowed) {
        var headers = headers(HEADER, "s");
        headers.add("X-Forwarded-For", forwardedFor);

        assertThat(behindProxies().ofHead(headers, new InetSocketAddress("10.0.0.1", 1)))
                .isEqualTo(allowed ? null : Doubt.ADDRESS);
    }

    @Test
    void severalForwardedForHeadersAreOneList() {
        var headers = headers(HEADER, "s");
        headers.add("X-Forwarded-For", "203.0.113.7");
        headers.add("X-Forwarded-For", "192.0.2.66");

        assertThat(behindProxies().ofHead(headers, new InetSocketAddress("::ffff:10.0.0.1", 1)))
                .isEqualTo(Doubt.ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.com", "example.com/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/",
            "2001:db8::/129",
            "10.0.0/8", "10.0.0.0/8/8", "/8"})
    void whatIsNoNetworkIsRefusedByName(String network) {
        assertThatIllegalArgumentException().isThrownBy(() -> fromNetworks(network)).withMessage(
                "kulti.webhook.allowed-cidrs (KULTI_WEBHOOK_ALLOWEDCIDRS): \"%s\" is no address or network such as"
                        + " 10.0.0.0/8 or 2001:db8::/32",
                network);
    }

    private static Authenticity behindProxies() {
        return new Authenticity(new AuthenticitySettings(List.of("s"), HEADER, List.of(), List.of("203.0.113.7"),
                List.of("10.0.0.0/8", "fd00::/8")));
    }

    private static Authenticity fromNetworks(String... networks) {
        return new Authenticity(
                new AuthenticitySettings(List.of("s"), HEADER, List.of(), List.of(networks), List.of()));
    }

    private static Authenticity withSecrets(String... secrets) {
        return new Authenticity(
                new AuthenticitySettings(List.of(secrets), HEADER, List.of(), List.of(), List.of()));
    }

    private static Authenticity withKeys(String... keys) {
        return new Authenticity(new AuthenticitySettings(List.of(), HEADER, List.of(keys), List.of(), List.of()));
    }

    private static HttpHeaders headers(String name, String value) {
        var headers = new HttpHeaders();
        headers.set(name, value);
        return headers;
    }
}
