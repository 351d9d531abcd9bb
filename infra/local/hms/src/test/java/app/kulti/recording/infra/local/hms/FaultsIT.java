package app.kulti.recording.infra.local.hms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.infra.local.hms.RunningSimulator.Answer;
import app.kulti.recording.infra.local.hms.WebhookReceiver.Received;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Each switch once, in a room of its own, so that no test disturbs another. */
class FaultsIT {
    private static WebhookReceiver receiver;
    private static RunningSimulator hms;

    @BeforeAll
    static void begin(@TempDir Path data) throws IOException {
        receiver = new WebhookReceiver();
        hms = new RunningSimulator(data, "kulti.simulator.webhook.url=" + receiver.url());
    }

    @AfterAll
    static void end() {
        hms.close();
        receiver.close();
    }

    @Test
    void aDroppedWebhookNeverComes() {
        String room = hms.room();
        hms.fault("""
                {"webhooks":[{"action":"drop","type":"beam.started.success","roomId":"%s"}]}""".formatted(room));
        hms.finished(room, "{\"announced\":true}");

        await().until(() -> states(room).stream().noneMatch("PENDING"::equals) && states(room).size() == 3);
        assertThat(states(room)).containsExactly("DROPPED", "DELIVERED", "DELIVERED");
        assertThat(receiver.typesOf(room)).containsExactlyInAnyOrder("beam.stopped.success", "beam.recording.success");
    }

    @Test
    void aDelayedWebhookComesLater() {
        String room = hms.room();
        hms.fault("""
                {"webhooks":[{"action":"delay","type":"beam.started.success","roomId":"%s","millis":1000}]}"""
                .formatted(room));
        hms.finished(room, "{\"announced\":true}");

        await().until(() -> receiver.of(room).size() == 3);
        assertThat(receiver.typesOf(room).getLast()).isEqualTo("beam.started.success");
    }

    @Test
    void aRepeatedWebhookComesWithTheSameBytes() {
        String room = hms.room();
        hms.fault("""
                {"webhooks":[{"action":"repeat","type":"beam.recording.success","roomId":"%s","copies":2}]}"""
                .formatted(room));
        hms.finished(room, "{\"announced\":true}");

        await().until(() -> receiver.of(room).size() == 5);
        List<Received> copies = receiver.of(room).stream().filter(one -> one.type().equals("beam.recording.success"))
                .toList();
        assertThat(copies).hasSize(3);
        assertThat(copies.stream().map(Received::body).distinct()).hasSize(1);
    }

    @Test
    void aReorderedWebhookComesAfterTheOneThatItWaitsFor() {
        String room = hms.room();
        hms.fault(
                """
                {"webhooks":[{"action":"reorder","type":"beam.stopped.success","after":"beam.recording.success","roomId":"%s"}]}"""
                        .formatted(room));
        hms.finished(room, "{\"announced\":true}");

        await().until(() -> receiver.of(room).size() == 3);
        assertThat(receiver.typesOf(room).getLast()).isEqualTo("beam.stopped.success");
    }

    @Test
    void aReorderedWebhookDoesNotWaitForEver() {
        String room = hms.room();
        hms.fault(
                """
                {"webhooks":[{"action":"reorder","type":"beam.stopped.success","after":"beam.failure","millis":200,"roomId":"%s"}]}"""
                        .formatted(room));
        hms.finished(room, "{\"announced\":true}");

        await().until(() -> receiver.of(room).size() == 3);
    }

    @Test
    void onlyExactly200CountsAsReceived() {
        String room = hms.room();
        hms.fault("""
                {"webhooks":[{"action":"drop","type":"beam.started.success","roomId":"%s"},
                             {"action":"drop","type":"beam.stopped.success","roomId":"%s"}]}""".formatted(room, room));
        receiver.answer(room, 503, 202, 204);
        hms.finished(room, "{\"announced\":true}");

        await().until(() -> states(room).contains("DELIVERED"));
        JsonNode delivery = hms.deliveries(room).getLast();
        assertThat(delivery.path("attempts").valueStream().map(attempt -> attempt.path("status").intValue()))
                .containsExactly(503, 202, 204, 200);
    }

    @Test
    void aWebhookIsGivenUpAfterThreeRetries() {
        String room = hms.room();
        receiver.answer(room, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500);
        hms.finished(room, "{\"announced\":true}");

        await().until(() -> states(room).equals(List.of("GIVEN_UP", "GIVEN_UP", "GIVEN_UP")));
        assertThat(receiver.of(room)).hasSize(12);
    }

    @ParameterizedTest
    @CsvSource({"429, 7", "429,", "503,", "500,"})
    void aCallGetsAnotherAnswerAsOftenAsTold(int status, Integer retryAfter) {
        String room = hms.room();
        hms.fault("""
                {"api":[{"action":"status","operation":"start","roomId":"%s","status":%d,"retryAfter":%s,"times":2}]}"""
                .formatted(room, status, retryAfter));

        for (int i = 0; i < 2; i++) {
            Answer refused = hms.post("/v2/recordings/room/" + room + "/start", "{}");
            assertThat(refused.status()).isEqualTo(status);
            assertThat(refused.json().path("code").intValue()).isEqualTo(status);
            assertThat(refused.response().headers().firstValue("Retry-After").orElse(null))
                    .isEqualTo(retryAfter == null ? null : retryAfter.toString());
        }
        assertThat(hms.post("/v2/recordings/room/" + room + "/start", "{}").status()).isEqualTo(200);
    }

    @Test
    void aSlowCallIsDoneAndAnsweredLater() {
        String room = hms.room();
        hms.fault("""
                {"api":[{"action":"slow","operation":"list","roomId":"%s","millis":300,"times":1}]}""".formatted(room));
        Instant before = Instant.now();

        assertThat(hms.get("/v2/recordings?room_id=" + room).status()).isEqualTo(200);

        assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void aCallMayBeDoneWithoutAnAnswer() {
        String room = hms.room();
        hms.fault("""
                {"api":[{"action":"timeout-after-acting","operation":"start","roomId":"%s","millis":300,"times":1}]}"""
                .formatted(room));

        assertThat(hms.post("/v2/recordings/room/" + room + "/start", "{}").status()).isEqualTo(504);

        assertThat(hms.get("/v2/recordings?room_id=" + room).json().path("data")).hasSize(1);
        assertThat(hms.post("/v2/recordings/room/" + room + "/start", "{}").status()).isEqualTo(409);
    }

    @Test
    void aLinkMayHaveExpired() {
        String url = fileWith("{\"action\":\"expired\",\"times\":1,\"roomId\":\"%s\"}").path("url").stringValue();

        HttpResponse<byte[]> refused = hms.fetch(url);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(new String(refused.body(), StandardCharsets.UTF_8))
                .contains("<Code>AccessDenied</Code><Message>Request has expired</Message>");
        assertThat(hms.fetch(url).statusCode()).isEqualTo(200);
    }

    @Test
    void storageMayBeDown() {
        String url = fileWith("{\"action\":\"status\",\"status\":503,\"roomId\":\"%s\"}").path("url").stringValue();

        assertThat(hms.fetch(url).statusCode()).isEqualTo(503);
    }

    @Test
    void aWebPageMayComeInPlaceOfTheFile() {
        String url = fileWith("{\"action\":\"html\",\"roomId\":\"%s\"}").path("url").stringValue();

        HttpResponse<byte[]> page = hms.fetch(url);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html");
        assertThat(new String(page.body(), StandardCharsets.UTF_8)).contains("<!doctype html>");
    }

    @Test
    void aBodyMayBreakOffAgainstItsPromisedLength() {
        String url = fileWith("{\"action\":\"cut\",\"bytes\":1000,\"contentLength\":true,\"roomId\":\"%s\"}")
                .path("url")
                .stringValue();

        assertThatThrownBy(() -> hms.sendOrFail("GET", URI.create(url), "")).isInstanceOf(IOException.class);
    }

    @Test
    void aBodyMayEndEarlyAsIfThatWereAll() {
        String url = fileWith("{\"action\":\"cut\",\"bytes\":1000,\"contentLength\":false,\"roomId\":\"%s\"}")
                .path("url")
                .stringValue();

        HttpResponse<byte[]> cut = hms.fetch(url);
        assertThat(cut.statusCode()).isEqualTo(200);
        assertThat(cut.headers().firstValue("Content-Length")).isEmpty();
        assertThat(cut.body()).hasSize(1000);
    }

    @Test
    void theLineMayBeSlow() {
        JsonNode file = fileWith("""
                {"action":"slow","bytesPerSecond":2000000,"latencyMillis":100,"roomId":"%s"}""",
                "{\"bytes\":1048576}");
        Instant before = Instant.now();

        HttpResponse<byte[]> whole = hms.fetch(file.path("url").stringValue());

        assertThat(whole.body()).hasSize(1_048_576);
        assertThat(Duration.between(before, Instant.now())).isBetween(Duration.ofMillis(500), Duration.ofSeconds(5));
    }

    @Test
    void rangesMayNotBeUnderstood() {
        JsonNode file = fileWith("{\"action\":\"no-range\",\"roomId\":\"%s\"}");

        HttpResponse<byte[]> whole = hms.fetch(file.path("url").stringValue(), "Range", "bytes=10-19");
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).hasSize(file.path("size").intValue());
        assertThat(whole.headers().firstValue("Accept-Ranges")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"webhooks":[{"action":"explode"}]}
            {"webhooks":[{"action":"drop","typo":"x"}]}
            {"webhooks":[{"action":"reorder","type":"x"}]}
            {"api":[{"action":"status","operation":"nonsense","status":503}]}
            {"api":[{"action":"status","status":200}]}
            {"files":[{"action":"slow","bytesPerSecond":0}]}
            {"webhook":[]}
            nonsense
            """)
    void aSwitchThatDoesNotExistIsRefused(String faults) {
        Answer answer = hms.call("POST", "/_simulator/faults", faults);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").stringValue()).isNotBlank();
    }

    @Test
    void switchesAreListedReplacedAndReset(@TempDir Path data) {
        try (RunningSimulator own = new RunningSimulator(data)) {
            own.fault("{\"webhooks\":[{\"action\":\"drop\",\"times\":1}]}");
            own.finished(own.room(), "{\"announced\":true}");
            JsonNode set = own.call("GET", "/_simulator/faults", "").json();
            assertThat(set.path(0).path("fault").path("action").stringValue()).isEqualTo("drop");
            assertThat(set.path(0).path("struck").intValue()).isEqualTo(1);

            own.call("PUT", "/_simulator/faults", "{\"files\":[{\"action\":\"html\"}]}");
            assertThat(own.call("GET", "/_simulator/faults", "").json()).hasSize(1);
            own.call("DELETE", "/_simulator/faults", "");
            assertThat(own.call("GET", "/_simulator/faults", "").json()).isEmpty();
        }
    }

    private static List<String> states(String room) {
        return hms.deliveries(room).stream().map(delivery -> delivery.path("state").stringValue()).toList();
    }

    private static JsonNode fileWith(String fault) {
        return fileWith(fault, "{}");
    }

    private static JsonNode fileWith(String fault, String filing) {
        String room = hms.room();
        JsonNode recording = hms.finished(room, filing);
        hms.fault("{\"files\":[" + fault.formatted(room) + "]}");
        return hms.file(recording.path("id").stringValue());
    }
}
