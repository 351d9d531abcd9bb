package app.kulti.recording.infra.local.hms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.infra.local.hms.RunningSimulator.Answer;
import app.kulti.recording.infra.local.hms.WebhookReceiver.Received;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;

class RecordingLifecycleIT {
    private static final String SECRET = "webhook-secret";

    private static WebhookReceiver receiver;
    private static RunningSimulator hms;

    @BeforeAll
    static void begin(@TempDir Path data) throws IOException {
        receiver = new WebhookReceiver();
        hms = new RunningSimulator(data, "kulti.simulator.webhook.url=" + receiver.url(),
                "kulti.simulator.webhook.headers.x-kulti-secret=" + SECRET,
                "kulti.simulator.webhook.signature-key=signing-key");
    }

    @AfterAll
    static void end() {
        hms.close();
        receiver.close();
    }

    @Test
    void aRecordingGoesFromStartToAFileThatPlays() {
        String room = hms.room();

        JsonNode started = hms.post("/v2/recordings/room/" + room + "/start", "{}").json();
        String id = started.path("id").stringValue();
        assertThat(started.propertyNames()).containsExactly("id", "room_id", "session_id", "status", "created_at",
                "started_at", "updated_at", "stopped_at", "meeting_url", "destination", "started_by", "stopped_by",
                "asset_types", "recording_assets");
        assertThat(started.path("status").stringValue()).isEqualTo("starting");
        assertThat(started.path("started_at").isNull()).isTrue();
        assertThat(started.path("recording_assets").isNull()).isTrue();
        assertThat(id).matches("[0-9a-f]{24}");
        awaitStatus(id, "running");

        Answer stopped = hms.post("/v2/recordings/room/" + room + "/stop", "");
        assertThat(stopped.json().propertyNames()).containsExactly("limit", "data", "last");
        assertThat(stopped.json().path("data").path(0).path("id").stringValue()).isEqualTo(id);
        assertThat(stopped.json().path("data").path(0).path("status").stringValue()).isEqualTo("stopping");
        awaitStatus(id, "completed");

        JsonNode recording = hms.get("/v2/recordings/" + id).json();
        JsonNode asset = recording.path("recording_assets").path(0);
        assertThat(asset.propertyNames()).containsExactly("id", "type", "status", "path", "size", "duration",
                "created_at",
                "thumbnails", "metadata");
        assertThat(asset.path("type").stringValue()).isEqualTo("room-composite");
        assertThat(asset.path("path").stringValue())
                .matches("s3://.+/beam/" + room + "/\\d{8}/Rec-" + room + "-\\d+\\.mp4");
        assertThat(asset.path("metadata").path("resolution").path("width").intValue()).isEqualTo(1280);

        JsonNode link = hms.get("/v2/recording-assets/" + asset.path("id").stringValue() + "/presigned-url").json();
        assertThat(link.propertyNames()).containsExactly("id", "path", "url", "expiry");
        assertThat(link.path("expiry").intValue()).isEqualTo(3 * 24 * 3600);
        HttpResponse<byte[]> file = hms.fetch(link.path("url").stringValue());
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.body()).hasSize(asset.path("size").intValue());
        assertThat(new String(file.body(), 4, 4, StandardCharsets.US_ASCII)).isEqualTo("ftyp");
    }

    @Test
    void webhooksTellTheWholeStoryInTheBeamDialect() {
        String room = hms.room();
        String id = recorded(room);

        await().until(() -> receiver.of(room).size() == 3);
        assertThat(receiver.typesOf(room)).containsExactlyInAnyOrder("beam.started.success", "beam.stopped.success",
                "beam.recording.success");
        JsonNode success = only(room, "beam.recording.success").data();
        assertThat(success.has("job_id")).isFalse();
        assertThat(success.path("recording_id").stringValue()).isNotEqualTo(id);
        JsonNode started = only(room, "beam.started.success").data();
        assertThat(started.path("job_id").stringValue()).isEqualTo(id);
        assertThat(started.path("beam_id").stringValue()).isEqualTo(success.path("beam_id").stringValue())
                .isNotEqualTo(id);
        HttpResponse<byte[]> file = hms.fetch(success.path("recording_presigned_url").stringValue());
        assertThat(file.body()).hasSize(success.path("size").intValue());
    }

    @Test
    void webhooksTellTheWholeStoryInTheSimpleDialect() {
        String room = hms.room(",\"dialect\":\"simple\"");
        String id = recorded(room);

        await().until(() -> receiver.of(room).size() == 3);
        assertThat(receiver.typesOf(room)).containsExactlyInAnyOrder("recording.started", "recording.stopped",
                "recording.success");
        JsonNode success = only(room, "recording.success").data();
        assertThat(success.path("id").stringValue()).isEqualTo(id);
        assertThat(hms.fetch(success.path("recording_url").stringValue()).body())
                .hasSize(success.path("size").intValue());
    }

    @Test
    void webhooksCarryTheSecretAndTheSignature() {
        String room = hms.room();
        hms.finished(room, "{\"announced\":true}");

        await().until(() -> receiver.of(room).size() == 3);
        assertThat(receiver.of(room)).allSatisfy(webhook -> {
            assertThat(webhook.headers().getFirst("x-kulti-secret")).isEqualTo(SECRET);
            assertThat(webhook.headers().getFirst("x-100ms-signature")).isEqualTo(hmac("signing-key", webhook.body()));
            assertThat(webhook.headers().getFirst("Content-Type")).startsWith("application/json");
        });
    }

    @Test
    void aRoomsOwnWebhookReplacesTheWorkspaces() throws IOException {
        try (WebhookReceiver own = new WebhookReceiver()) {
            String room = hms.post("/v2/rooms", """
                    {"name":"own-webhook","webhook":{"url":"%s","headers":{"x-own":"o"}}}""".formatted(own.url()))
                    .json().path("id").stringValue();
            hms.finished(room, "{\"announced\":true}");

            await().until(() -> own.of(room).size() == 3);
            assertThat(own.of(room).getFirst().headers().getFirst("x-own")).isEqualTo("o");
            assertThat(receiver.of(room)).isEmpty();
        }
    }

    @Test
    void theMeetingUrlCarriesALiveToken() throws ParseException {
        JsonNode started = hms.post("/v2/recordings/room/" + hms.room() + "/start", """
                {"meeting_url":"https://kulti.app/record/1?ui_mode=activespeaker"}""").json();

        String url = started.path("meeting_url").stringValue();
        assertThat(url).startsWith("https://kulti.app/record/1?ui_mode=activespeaker&auth_token=");
        String token = UriComponentsBuilder.fromUriString(url).build().getQueryParams().getFirst("auth_token");
        assertThat(SignedJWT.parse(token).getJWTClaimsSet().getClaim("type")).isEqualTo("app");
    }

    @Test
    void aSecondStartIsRefusedWhileOneIsOn() {
        String room = hms.room();
        hms.start(room);

        Answer second = hms.post("/v2/recordings/room/" + room + "/start", "{}");

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.json().path("code").intValue()).isEqualTo(409);
        assertThat(second.json().path("message").stringValue()).isEqualTo("beam already started");
        JsonNode room1 = hms.call("GET", "/_simulator/rooms/" + room, "").json();
        assertThat(room1.path("recordings")).hasSize(1);
        assertThat(hms.call("GET", "/_simulator/requests", "").json().path("rooms").path(room).path("start").intValue())
                .isEqualTo(2);
    }

    @Test
    void aStopWithNothingOnIsRefused() {
        String room = hms.room();

        assertError(hms.post("/v2/recordings/room/" + room + "/stop", ""), 404, "beam not found");
        assertError(hms.post("/v2/recordings/" + recorded(room) + "/stop", ""), 404, "beam not found");
        assertError(hms.get("/v2/recordings/61a61f260000000000000000"), 404, "recording not found");
    }

    @Test
    void oneRecordingCanBeStoppedByItsId() {
        String room = hms.room();
        String id = hms.start(room);
        awaitStatus(id, "running");

        JsonNode stopped = hms.post("/v2/recordings/" + id + "/stop", "").json();

        assertThat(stopped.path("id").stringValue()).isEqualTo(id);
        assertThat(stopped.path("status").stringValue()).isEqualTo("stopping");
        awaitStatus(id, "completed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '' | request body must not be empty
            {"meeting_url":""} | invalid input
            {"meeting_url":"nonsense"} | invalid input
            {"meeting_url":"https://x.app.100ms.live/preview/61a61f260000000000000000/host"} | invalid input
            {"resolution":{"width":100,"height":100}} | invalid input
            {"resolution":{"width":1920,"height":1920}} | invalid input
            {"resolution":{"width":"wide"}} | invalid input
            [] | invalid input
            {"meeting_url": oops | request body contains badly-formed JSON (at position
            """)
    void aStartThatMakesNoSenseIsRefused(String body, String message) {
        Answer answer = hms.post("/v2/recordings/room/" + hms.room() + "/start", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("code").intValue()).isEqualTo(400);
        assertThat(answer.json().path("message").stringValue()).startsWith(message);
    }

    @Test
    void aRoomOfSomebodyElseIsForbidden() {
        for (String room : List.of("61a61f260000000000000000", "nonsense")) {
            assertError(hms.post("/v2/recordings/room/" + room + "/start", "{}"), 403,
                    "user does not have required permission");
            assertError(hms.post("/v2/recordings/room/" + room + "/stop", "{}"), 403,
                    "user does not have required permission");
        }
    }

    @Test
    void aCallWithoutAGoodTokenIsUnauthorised() {
        for (String path : List.of("/v2/recordings", "/v2/recording-assets", "/v2/rooms/61a61f260000000000000000")) {
            Answer answer = hms.call("GET", path, "", "Authorization", "Bearer key:secret");
            assertError(answer, 401, "Token validation error");
            assertThat(answer.json().path("details")).isNotEmpty();
        }
    }

    @Test
    void aRoomIsMadeOncePerName() {
        JsonNode first = hms.post("/v2/rooms", "{\"name\":\"Design-Review\",\"description\":\"d\"}").json();
        JsonNode second = hms.post("/v2/rooms", "{\"name\":\"design-review\"}").json();

        assertThat(second.path("id").stringValue()).isEqualTo(first.path("id").stringValue());
        assertThat(hms.get("/v2/rooms/" + first.path("id").stringValue()).json()).isEqualTo(first);
    }

    @Test
    void twoRecordingsShareTheirRoomsSessionUntilItEnds() {
        String room = hms.room();
        String first = recorded(room);
        String second = recorded(room);
        hms.call("POST", "/_simulator/rooms/" + room + "/end-session", "");
        String third = recorded(room);

        assertThat(session(second)).isEqualTo(session(first));
        assertThat(session(third)).isNotEqualTo(session(first));
    }

    @Test
    void listsGoPageByPageNewestFirstAndWithoutAssets() {
        String room = hms.room();
        for (int i = 0; i < 12; i++) {
            hms.finished(room, "{}");
        }

        JsonNode page = hms.get("/v2/recordings?room_id=" + room).json();
        assertThat(page.path("limit").intValue()).isEqualTo(10);
        assertThat(page.path("data")).hasSize(10);
        assertThat(page.path("data").path(0).has("recording_assets")).isFalse();
        String last = page.path("last").stringValue();
        assertThat(page.path("data").path(9).path("id").stringValue()).isEqualTo(last);
        JsonNode rest = hms.get("/v2/recordings?room_id=" + room + "&start=" + last + "&limit=100").json();
        assertThat(rest.path("limit").intValue()).isEqualTo(100);
        assertThat(rest.path("data")).hasSize(2);
        List<String> ids = Stream.concat(page.path("data").valueStream(), rest.path("data").valueStream())
                .map(recording -> recording.path("id").stringValue()).toList();
        assertThat(ids).doesNotHaveDuplicates().isSortedAccordingTo(Comparator.reverseOrder());

        String session = page.path("data").path(3).path("session_id").stringValue();
        assertThat(hms.get("/v2/recordings?session_id=" + session).json().path("data")).hasSize(1);
        assertThat(hms.get("/v2/recordings?room_id=" + room + "&status=running").json().path("data")).isEmpty();
        assertError(hms.get("/v2/recordings?limit=101"), 400, "invalid input");
        assertError(hms.get("/v2/recordings?limit=ten"), 400, "invalid input");
    }

    @Test
    void assetsAreFoundByRoomAndById() {
        String room = hms.room();
        String assetId = hms.finished(room, "{\"seconds\":2}").path("assetId").stringValue();

        JsonNode listed = hms.get("/v2/recording-assets?room_id=" + room + "&status=completed").json().path("data");
        assertThat(listed).hasSize(1);
        JsonNode asset = hms.get("/v2/recording-assets/" + assetId).json();
        assertThat(asset).isEqualTo(listed.path(0));
        assertThat(asset.propertyNames()).contains("job_id", "room_id", "session_id");
        assertThat(asset.path("duration").intValue()).isEqualTo(2);
        assertThat(hms.get("/v2/recording-assets?room_id=" + room + "&status=failed").json().path("data")).isEmpty();
        assertError(hms.get("/v2/recording-assets/61a61f260000000000000000/presigned-url"), 404,
                "recording asset not found");
        assertError(hms.get("/v2/recording-assets/" + assetId + "/presigned-url?presign_duration=0"), 400,
                "invalid input");
        assertThat(
                hms.get("/v2/recording-assets/" + assetId + "/presigned-url?presign_duration=60").json().path("expiry")
                        .intValue())
                .isEqualTo(60);
    }

    @Test
    void aRecordingMayStartByItself() {
        String room = hms.room();

        JsonNode started = hms.call("POST", "/_simulator/rooms/" + room + "/auto-start", "").json();
        awaitStatus(started.path("id").stringValue(), "running");
        hms.call("POST", "/_simulator/rooms/" + room + "/stop", "{\"reason\":\"last peer left\"}");

        await().until(() -> receiver.of(room).size() == 3);
        assertThat(only(room, "beam.stopped.success").data().path("reason").stringValue()).isEqualTo("last peer left");
        assertThat(hms.call("GET", "/_simulator/requests", "").json().path("rooms").has(room)).isFalse();
    }

    @Test
    void aRecordingFailsWhenToldTo() {
        String room = hms.room(",\"next\":{\"failure\":\"UPLOAD_ERROR\"}");
        String id = hms.start(room);
        awaitStatus(id, "running");
        hms.stop(room);

        awaitStatus(id, "failed");
        await().until(() -> receiver.of(room).size() == 3);
        assertThat(only(room, "beam.failure").data().path("error_type").stringValue()).isEqualTo("UPLOAD_ERROR");
    }

    @Test
    void aBeamStoppedTooEarlyFails(@TempDir Path data) {
        try (RunningSimulator slow = new RunningSimulator(data, "kulti.simulator.timing.start=1h",
                "kulti.simulator.webhook.url=" + receiver.url())) {
            String room = slow.room();
            String id = slow.start(room);
            assertThat(slow.stop(room)).isEqualTo(id);

            await().until(() -> slow.status(id).equals("failed"));
            await().until(() -> receiver.of(room).size() == 1);
            JsonNode failure = only(room, "beam.failure").data();
            assertThat(failure.path("error_type").stringValue()).isEqualTo("BEAM_STOPPED");
            assertThat(failure.path("job_id").stringValue()).isEqualTo(id);
        }
    }

    @Test
    void aBeamStopsByItselfAtItsMaximum(@TempDir Path data) {
        try (RunningSimulator brief = new RunningSimulator(data, "kulti.simulator.timing.maximum=100ms",
                "kulti.simulator.webhook.url=" + receiver.url())) {
            String room = brief.room();
            String id = brief.start(room);

            await().until(() -> brief.status(id).equals("completed"));
            await().until(() -> receiver.of(room).size() == 3);
            assertThat(only(room, "beam.stopped.success").data().path("reason").stringValue())
                    .isEqualTo("max duration reached");
        }
    }

    @Test
    void aLaterProcessGoesOnWhereTheFormerStopped(@TempDir Path data) {
        String room;
        String running;
        JsonNode finished;
        try (RunningSimulator first = new RunningSimulator(data)) {
            room = first.room();
            running = first.start(room);
            String id = running;
            await().until(() -> first.status(id).equals("running"));
            finished = first.file(first.finished(room, "{}").path("id").stringValue());
        }
        try (RunningSimulator second = new RunningSimulator(data)) {
            assertThat(second.status(running)).isEqualTo("running");
            assertThat(second.stop(room)).isEqualTo(running);
            await().until(() -> second.status(running).equals("completed"));
            String link = second
                    .get("/v2/recording-assets/" + finished.path("assetId").stringValue() + "/presigned-url")
                    .json().path("url").stringValue();
            assertThat(second.fetch(link).headers().firstValue("ETag")).contains(finished.path("etag").stringValue());
        }
    }

    @Test
    void timesAreRfc3339InUtc() {
        JsonNode recording = hms.get("/v2/recordings/" + recorded(hms.room())).json();

        for (String field : List.of("created_at", "started_at", "updated_at", "stopped_at")) {
            assertThat(recording.path(field).stringValue()).endsWith("Z");
            assertThat(Instant.parse(recording.path(field).stringValue())).isBeforeOrEqualTo(Instant.now());
        }
    }

    private static String hmac(String key, String body) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static String recorded(String room) {
        String id = hms.start(room);
        awaitStatus(id, "running");
        hms.stop(room);
        awaitStatus(id, "completed");
        return id;
    }

    private static void awaitStatus(String id, String status) {
        await().until(() -> hms.status(id).equals(status));
    }

    private static String session(String id) {
        return hms.get("/v2/recordings/" + id).json().path("session_id").stringValue();
    }

    private static Received only(String room, String type) {
        List<Received> found = receiver.of(room).stream().filter(one -> one.type().equals(type)).toList();
        assertThat(found).as(type).hasSize(1);
        return found.getFirst();
    }

    private static void assertError(Answer answer, int status, String message) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("code").intValue()).isEqualTo(status);
        assertThat(answer.json().path("message").stringValue()).isEqualTo(message);
    }
}
