package app.kulti.recording.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.infra.local.testing.RealKafka;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers send, and what is no webhook, is refused with its reason and not published. */
class RefusalsIT {
    private static final String KEY = "signature-key";
    private static final RunningIngest ingest = RunningIngest.shared();
    private static final WebhooksTopic topic = WebhooksTopic.shared();

    /** One with all that a request can be checked for. */
    private static RunningIngest signed;

    @BeforeAll
    static void start() {
        signed = RunningIngest.start(RealKafka.shared().bootstrapServers(), "--kulti.webhook.signature-keys=" + KEY,
                "--kulti.webhook.allowed-cidrs=203.0.113.7", "--kulti.webhook.trusted-proxies=127.0.0.0/8,::1");
        signed.awaitReady();
    }

    @AfterAll
    static void stop() {
        signed.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wrong", "secret-on"})
    void aForgedOneIsRefusedAndNotPublished(String secret) throws Exception {
        var body = "{\"type\":\"beam.failure\"}".getBytes(UTF_8);
        var lain = topic.size();

        var answer = ingest.post(body, secret.isEmpty() ? Map.of() : Map.of("X-Kulti-Webhook-Secret", secret));

        answer.assertIsProblem(401, "the request could not be authenticated");
        assertThat(topic.size()).isEqualTo(lain);
    }

    @Test
    void bothSecretsAreGoodWhileOneReplacesTheOther() throws Exception {
        var body = "{\"type\":\"beam.failure\"}".getBytes(UTF_8);

        assertThat(ingest.post(body, Map.of("x-kulti-webhook-secret", "secret-one")).status()).isEqualTo(200);
        assertThat(ingest.post(body, Map.of("x-kulti-webhook-secret", "secret-two")).status()).isEqualTo(200);
    }

    @Test
    void signatureAndAddressAreCheckedWhereTheyAreConfigured() throws Exception {
        var body = "{\"type\":\"beam.failure\",\"data\":{\"beam_id\":\"signed\"}}".getBytes(UTF_8);
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY.getBytes(UTF_8), "HmacSHA256"));
        var signature = HexFormat.of().formatHex(mac.doFinal(body));
        var secret = RunningIngest.SECRET;
        var lain = topic.size();

        assertThat(signed.post(body, Map.of("X-Kulti-Webhook-Secret", secret, "x-100ms-signature", signature,
                "X-Forwarded-For", "192.0.2.66, 203.0.113.7")).status()).isEqualTo(200);
        assertThat(signed.post(body, Map.of("X-Kulti-Webhook-Secret", secret, "x-100ms-signature",
                signature.replace(signature.charAt(0), signature.charAt(0) == '0' ? '1' : '0'), "X-Forwarded-For",
                "203.0.113.7")).status()).isEqualTo(401);
        assertThat(signed.post(body, Map.of("X-Kulti-Webhook-Secret", secret, "x-100ms-signature", signature,
                "X-Forwarded-For", "203.0.113.7, 192.0.2.66")).status()).isEqualTo(401);
        assertThat(signed.post(body, Map.of("X-Kulti-Webhook-Secret", secret, "x-100ms-signature", signature)).status())
                .isEqualTo(401);
        assertThat(topic.size()).as("the one that is right, and nothing else").isEqualTo(lain + 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "[]                       | the body is not a JSON object",
            "{}                       | type is missing or not a string",
            "{\"type\":7}             | type is missing or not a string",
            "{\"type\":\"t\"          | the body is not well-formed JSON (line 1, column 12)",
            "''                       | the body is empty"})
    void whatIsNoWebhookIsRefusedWithItsReason(String body, String error) throws Exception {
        ingest.post(body.getBytes(UTF_8)).assertIsProblem(400, error);
    }

    @Test
    void aBombOfNestingIsRefused() throws Exception {
        ingest.post(("{\"type\":" + "[".repeat(200_000)).getBytes(UTF_8)).assertIsProblem(400,
                "the JSON is nested deeper than 64 levels or has a number or name that is too long");
    }

    /** Its answer has no body; the status must be there all the same. */
    @Test
    void aHeadIsRefusedToo() throws Exception {
        var answer = ingest.send("HEAD", "/api/webhooks/hms", new byte[0], Map.of());

        assertThat(answer.status()).isEqualTo(405);
    }

    @ParameterizedTest
    @CsvSource({"GET, /api/webhooks/hms, 405", "PUT, /api/webhooks/hms, 405", "POST, /api/webhooks, 404",
            "POST, /api/webhooks/%68ms, 404",
            "GET, /, 404", "GET, /actuator/health, 404"})
    void thereIsNothingElse(String method, String path, int status) throws Exception {
        var answer = ingest.send(method, path, "{}".getBytes(UTF_8), Map.of("Content-Type", "application/json"));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).contains("\"error\":").doesNotContain("Exception", "\tat ");
    }

    @Test
    void actuatorsPortTakesNoWebhooks() throws Exception {
        var lain = topic.size();

        assertThat(ingest.postToActuator("{\"type\":\"beam.failure\"}".getBytes(UTF_8)).status()).isEqualTo(404);
        assertThat(topic.size()).isEqualTo(lain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded", "no type", "*/*"})
    void onlyJsonIsTaken(String contentType) throws Exception {
        var answer = ingest.post("{\"type\":\"beam.failure\"}".getBytes(UTF_8),
                Map.of("X-Kulti-Webhook-Secret", RunningIngest.SECRET, "Content-Type", contentType));

        answer.assertIsProblem(415, "the Content-Type must be application/json");
    }
}
