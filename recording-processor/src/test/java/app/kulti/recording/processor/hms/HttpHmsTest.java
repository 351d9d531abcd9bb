package app.kulti.recording.processor.hms;

import static app.kulti.recording.processor.hms.ScriptedHms.answer;
import static app.kulti.recording.processor.hms.ScriptedHms.hangUp;
import static app.kulti.recording.processor.hms.ScriptedHms.json;
import static app.kulti.recording.processor.hms.ScriptedHms.reset;
import static app.kulti.recording.processor.hms.ScriptedHms.silence;
import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.HmsRecording;
import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.processor.advance.Hms.AssetUrl;
import app.kulti.recording.processor.advance.Hms.Reply;
import app.kulti.recording.processor.hms.ScriptedHms.Asked;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

class HttpHmsTest {
    private static final RoomId ROOM = new RoomId("6423e2d58ec7b2b2ff2a3a1d");
    private static final String RECORDING = "642518fcd1eea7bdf1a0aaaa";
    private static final String ASSET = "6425320e94091a5af841456f";
    private static final String START = "POST /v2/recordings/room/" + ROOM + "/start";
    private static final String STOP_ROOM = "POST /v2/recordings/room/" + ROOM + "/stop";
    private static final String STOP = "POST /v2/recordings/" + RECORDING + "/stop";
    private static final String LOOK = "GET /v2/recordings/" + RECORDING;
    private static final String LIST = "GET /v2/recordings";
    private static final String SIGN = "GET /v2/recording-assets/" + ASSET + "/presigned-url";
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final ScriptedHms server = new ScriptedHms();
    private final HttpHms hms = TestHms.client(server);

    @AfterEach
    void close() {
        hms.close();
        server.close();
    }

    @Test
    void aStartAnswersWithTheNewRecording() {
        server.on(START, json(200, """
                {"id":"642518fcd1eea7bdf1a0aaaa","room_id":"6423e2d58ec7b2b2ff2a3a1d","session_id":"",
                 "status":"starting","created_at":"2023-03-30T05:14:04.007990308Z","started_at":null,
                 "updated_at":"2023-03-30T05:14:04.007990308Z","stopped_at":null,"meeting_url":"https://k.app.100ms.live/x",
                 "destination":"","started_by":"","stopped_by":"","asset_types":null,"recording_assets":null,
                 "a_field_of_next_year":{"deep":[1]}}"""));

        assertThat(answered(hms.start(ROOM, LIMIT)))
                .isEqualTo(new HmsAnswer.Found(new HmsRecording(RECORDING, ROOM, null,
                        "starting", Instant.parse("2023-03-30T05:14:04.007990308Z"), null, null, List.of())));
        assertThat(server.asked()).singleElement()
                .returns("{\"resolution\":{\"width\":1280,\"height\":720}}", Asked::body);
    }

    @Test
    void aStartAsksForThePageAndTheTranscriptThatAreConfigured() {
        server.on(START, json(200, recording("starting")));
        var settings = new HmsSettings(server.baseUrl(), TestHms.ACCESS_KEY, TestHms.APP_SECRET,
                "https://kulti.app.100ms.live/preview/{roomId}/viewer?skip_preview=true", new Resolution(720, 1280),
                true);

        try (var configured = TestHms.client(settings, TestHms.QUICK)) {
            assertThat(answered(configured.start(ROOM, LIMIT))).isInstanceOf(HmsAnswer.Found.class);
        }
        assertThat(server.asked()).singleElement().extracting(Asked::body).isEqualTo("""
                {"meeting_url":"https://kulti.app.100ms.live/preview/6423e2d58ec7b2b2ff2a3a1d/viewer?skip_preview=true",\
                "resolution":{"width":720,"height":1280},\
                "transcription":{"enabled":true,"output_modes":["txt","srt","json"]}}""");
    }

    @Test
    void aStopAnswersWithTheRecordingAsItStops() {
        server.on(STOP, json(200, recording("stopping")));

        assertThat(answered(hms.stop(RECORDING, LIMIT)))
                .isInstanceOfSatisfying(HmsAnswer.Found.class,
                        found -> assertThat(found.recording().status()).isEqualTo("stopping"));
    }

    @Test
    void aStopOfTheRoomAnswersWithTheNewestOfTheListThat100msGives() {
        server.on(STOP_ROOM, json(200, "{\"limit\":10,\"data\":[%s,%s,%s],\"last\":\"c\"}".formatted(
                recording("a", "stopping", "2023-03-30T05:14:04Z"), recording("b", "stopping", "2023-03-30T06:14:04Z"),
                recording("c", "stopping", "2023-03-30T04:14:04Z"))));

        assertThat(answered(hms.stop(ROOM, LIMIT))).isInstanceOfSatisfying(HmsAnswer.Found.class,
                found -> assertThat(found.recording().id()).isEqualTo("b"));
    }

    @Test
    void aStopOfARoomWhereNothingRanAnswersNotFound() {
        server.on(STOP_ROOM, json(200, "{\"limit\":10,\"data\":[],\"last\":\"\"}"));

        assertThat(answered(hms.stop(ROOM, LIMIT))).isEqualTo(new HmsAnswer.NotFound());
    }

    @Test
    void aLookShowsTheAssets() {
        server.on(LOOK, json(200, """
                {"id":"642518fcd1eea7bdf1a0aaaa","room_id":"6423e2d58ec7b2b2ff2a3a1d","session_id":"5f","status":"rendering",
                 "created_at":"2023-03-30T05:14:04.007Z","started_at":"2023-03-30T05:14:10Z",
                 "stopped_at":"2023-03-30T05:15:10.123456Z","recording_assets":[
                  {"id":"6425320e94091a5af841456f","type":"room-composite","status":"completed","path":"s3://b/a.mp4",
                   "size":26361961,"duration":55,"created_at":"2023-03-30T05:16:04.1Z","thumbnails":null,
                   "metadata":{"resolution":{"width":1280,"height":720}}},
                  {"id":"642532","type":"chat","status":"processing","metadata":null}]}"""));

        assertThat(answered(hms.look(RECORDING, LIMIT))).isEqualTo(new HmsAnswer.Found(new HmsRecording(RECORDING, ROOM,
                "5f",
                "rendering", Instant.parse("2023-03-30T05:14:04.007Z"), Instant.parse("2023-03-30T05:14:10Z"),
                Instant.parse("2023-03-30T05:15:10.123456Z"),
                List.of(new HmsRecording.Asset(ASSET, "room-composite", "completed", "s3://b/a.mp4", 26361961L, 55L,
                        "1280x720", Instant.parse("2023-03-30T05:16:04.1Z")),
                        new HmsRecording.Asset("642532", "chat", "processing", null, null, null, null, null)))));
    }

    @Test
    void aListGoesThroughAllPagesAndLeavesOutWhatIsOlder() {
        var full = "{\"limit\":2,\"data\":[%s,%s],\"last\":\"b\"}".formatted(
                recording("a", "completed", "2023-03-30T05:00:00Z"),
                recording("b", "completed", "2023-03-30T06:00:00Z"));
        var rest = "{\"limit\":2,\"data\":[%s],\"last\":\"c\"}"
                .formatted(recording("c", "running", "2023-03-30T07:00:00Z"));
        server.on(LIST, json(200, full), json(200, rest));

        assertThat(answered(hms.list(ROOM, Instant.parse("2023-03-30T06:00:00Z"), LIMIT)))
                .isInstanceOfSatisfying(Reply.Given.class, given -> assertThat(given.value())
                        .asInstanceOf(InstanceOfAssertFactories.list(HmsRecording.class))
                        .extracting(HmsRecording::id).containsExactly("c", "b"));
        assertThat(server.asked()).extracting(Asked::uri).containsExactly(
                "/v2/recordings?room_id=" + ROOM + "&limit=100",
                "/v2/recordings?room_id=" + ROOM + "&limit=100&start=b");
    }

    @Test
    void halfAListIsNoList() {
        server.on(LIST, json(200, "{\"limit\":1,\"data\":[%s],\"last\":\"a\"}".formatted(recording("running"))),
                json(500, "{}"));

        assertThat(answered(hms.list(ROOM, Instant.EPOCH, LIMIT)))
                .isEqualTo(new Reply.Withheld<>(new HmsAnswer.Unavailable("100ms answered 500")));
    }

    @Test
    void aListThatDoesNotEndIsGivenUp() {
        server.on(LIST, response -> json(200, "{\"limit\":1,\"data\":[%s],\"last\":\"%s\"}"
                .formatted(recording("running"), server.asked().size())).give(response));

        assertThat(answered(hms.list(ROOM, Instant.EPOCH, LIMIT)))
                .isEqualTo(new Reply.Withheld<>(new HmsAnswer.Unavailable("100ms's list of the room does not end")));
        assertThat(server.asked()).hasSize(Listing.MOST_PAGES);
    }

    @Test
    void anAssetIsSignedWithItsExpiry() {
        server.on(SIGN, json(200, """
                {"id":"6425320e94091a5af841456f","path":"s3://b/a.mp4",
                 "url":"https://b.s3.amazonaws.com/a.mp4?X-Amz-Signature=abc","expiry":3600}"""));

        assertThat(answered(hms.sign(ASSET, LIMIT))).isInstanceOfSatisfying(Reply.Given.class,
                given -> assertThat(given.value()).isInstanceOfSatisfying(AssetUrl.class, signed -> {
                    assertThat(signed.url().uri())
                            .isEqualTo(URI.create("https://b.s3.amazonaws.com/a.mp4?X-Amz-Signature=abc"));
                    assertThat(signed.expiresAt()).isEqualTo(TestHms.NOW.plusSeconds(3600));
                    assertThat(signed).hasToString(
                            "AssetUrl[url=https://b.s3.amazonaws.com/a.mp4, expiresAt=2026-11-22T11:00:00Z]");
                }));
    }

    @Test
    void anAssetThatIsGoneIsNotSigned() {
        server.on(SIGN, json(404, "{\"code\":404,\"message\":\"asset not found\"}"));

        assertThat(answered(hms.sign(ASSET, LIMIT))).isEqualTo(new Reply.Withheld<>(new HmsAnswer.NotFound()));
    }

    @Test
    void itsTimeIsThatOfItsAnswersAndTakesTheCredential() {
        server.on("GET /v2/recordings", json(200, "{\"data\":[]}", "Date", "Sun, 22 Nov 2026 10:00:07 GMT"),
                json(403, "{\"message\":\"no\"}"));

        assertThat(answered(hms.time(LIMIT)))
                .isEqualTo(new Reply.Given<>(Optional.of(Instant.parse("2026-11-22T10:00:07Z"))));
        assertThat(server.asked().getFirst().authorization()).startsWith("Bearer ey");
        assertThat(answered(hms.time(LIMIT))).isEqualTo(new Reply.Withheld<>(new HmsAnswer.Refused(403, "no")));
    }

    @Test
    void aSecondStartIsAConflict() {
        server.on(START, json(409, "{\"code\":409,\"message\":\"beam already started\"}"));

        assertThat(answered(hms.start(ROOM, LIMIT))).isEqualTo(new HmsAnswer.Conflict(null));
    }

    @Test
    void aStopWithNothingRunningIsNotFound() {
        server.on(STOP, json(404, "{\"code\":404,\"message\":\"beam not found\"}"));

        assertThat(answered(hms.stop(RECORDING, LIMIT))).isEqualTo(new HmsAnswer.NotFound());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            403 | {"code":403,"message":"user does not have required permission"}       | user does not have required permission
            400 | {"code":400,"message":"invalid input","details":["meeting_url"]}       | invalid input
            400 | {"message":"bad https://k.app.100ms.live/meeting/abc?auth_token=eyJx"} | bad https://k.app.100ms.live[redacted]
            400 | {"message":"two\\nlines"}                                              | two lines
            422 | {}                                                                     | Unprocessable Content
            403 | <html>                                                                 | Forbidden
            302 | ``                                                                     | Found
            """)
    void aRefusalKeeps100mssMessage(int status, String body, String detail) {
        server.on(START, json(status, body));

        assertThat(answered(hms.start(ROOM, LIMIT))).isEqualTo(new HmsAnswer.Refused(status, detail));
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void aLongMessageIsCut() {
        server.on(START, json(400, "{\"message\":\"" + "x".repeat(5000) + "\"}"));

        assertThat(answered(hms.start(ROOM, LIMIT))).isEqualTo(new HmsAnswer.Refused(400, "x".repeat(200) + "…"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../rooms", "a/b", "a?b=c", "ä"})
    void whatIsNoIdOf100msIsNotAsked(String id) {
        assertThat(answered(hms.look(id, LIMIT)))
                .isEqualTo(new HmsAnswer.Refused(400, "an id that is not of 100ms's form"));
        assertThat(answered(hms.sign(id, LIMIT))).isInstanceOf(Reply.Withheld.class);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aTokenThatIsNotTakenAnyMoreIsReplacedOnce() {
        server.on(LOOK, json(401, "{\"code\":401,\"message\":\"Token validation error\"}"),
                json(200, recording("running")));

        assertThat(answered(hms.look(RECORDING, LIMIT))).isInstanceOf(HmsAnswer.Found.class);
        assertThat(answered(hms.look(RECORDING, LIMIT))).isInstanceOf(HmsAnswer.Found.class);
        assertThat(server.asked()).hasSize(3);
        assertThat(server.asked().get(1).authorization()).isNotEqualTo(server.asked().get(0).authorization())
                .isEqualTo(server.asked().get(2).authorization());
    }

    @Test
    void credentialsThatAreWrongAreRefused() {
        server.on(START,
                json(401, "{\"code\":401,\"message\":\"Token validation error\",\"details\":[\"not found\"]}"));

        assertThat(answered(hms.start(ROOM, LIMIT))).isEqualTo(new HmsAnswer.Refused(401, "Token validation error"));
        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void aStartWhoseAnswerIsLostIsNotRepeated() {
        server.on(START, json(500, "{}"), json(200, recording("starting")));
        assertThat(answered(hms.start(ROOM, LIMIT))).isEqualTo(new HmsAnswer.Unavailable("100ms answered 500"));

        server.on(START, hangUp(), json(200, recording("starting")));
        assertThat(answered(hms.start(ROOM, LIMIT)))
                .isEqualTo(new HmsAnswer.Unavailable("the connection to 100ms broke"));

        server.on(START, reset(), json(200, recording("starting")));
        assertThat(answered(hms.start(ROOM, LIMIT)))
                .isEqualTo(new HmsAnswer.Unavailable("the connection to 100ms broke"));

        server.on(START, json(200, "{\"id\":"), json(200, recording("starting")));
        assertThat(answered(hms.start(ROOM, LIMIT)))
                .isEqualTo(new HmsAnswer.Unavailable("100ms's answer cannot be read"));

        assertThat(server.asked()).hasSize(4);
    }

    @Test
    void aStartThatIsNotAnsweredInTimeIsNotRepeated() {
        server.on(START, silence(), json(200, recording("starting")));

        try (var impatient = TestHms.client(TestHms.settings(server.baseUrl(), null), TestHms.impatient(3))) {
            assertThat(answered(impatient.start(ROOM, LIMIT)))
                    .isEqualTo(new HmsAnswer.Unavailable("100ms did not answer in time"));
        }
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void aLookThatIsNotAnsweredInTimeIsRepeated() {
        server.on(LOOK, silence());

        try (var impatient = TestHms.client(TestHms.settings(server.baseUrl(), null), TestHms.impatient(3))) {
            assertThat(answered(impatient.look(RECORDING, LIMIT)))
                    .isEqualTo(new HmsAnswer.Unavailable("100ms did not answer in time"));
        }
        assertThat(server.asked()).hasSize(3);
    }

    @Test
    void aStartThatWasNotTakenUpIsRepeated() {
        server.on(START, json(429, "{}"), json(200, recording("starting")));

        assertThat(answered(hms.start(ROOM, LIMIT))).isInstanceOf(HmsAnswer.Found.class);
        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void whatMayBeDoneTwiceIsRepeatedAfterAnyLoss() {
        server.on(STOP, hangUp(), json(503, "{}"), json(200, recording("stopping")));

        assertThat(answered(hms.stop(RECORDING, LIMIT))).isInstanceOf(HmsAnswer.Found.class);
        assertThat(server.asked()).hasSize(3);
    }

    @Test
    void attemptsAreCounted() {
        server.on(LOOK, json(503, "{}"));

        assertThat(answered(hms.look(RECORDING, LIMIT))).isEqualTo(new HmsAnswer.Unavailable("100ms answered 503"));
        assertThat(server.asked()).hasSize(TestHms.QUICK.attempts());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json"})
    void aStrangersPageIsNoAnswer(String type) {
        server.on(LOOK, answer(200, type, "<html>Welcome to this hotel's WiFi</html>"));

        assertThat(answered(hms.look(RECORDING, LIMIT)))
                .isEqualTo(new HmsAnswer.Unavailable("100ms's answer cannot be read"));
    }

    @Test
    void anAnswerWithoutWhatMustBeThereOrWithoutAnythingIsNoAnswer() {
        server.on(LOOK, json(200, "{\"id\":\"1\",\"status\":\"running\"}"));
        assertThat(answered(hms.look(RECORDING, LIMIT)))
                .isEqualTo(new HmsAnswer.Unavailable("100ms's answer cannot be read"));

        server.on(LOOK, json(200, ""));
        assertThat(answered(hms.look(RECORDING, LIMIT)))
                .isEqualTo(new HmsAnswer.Unavailable("100ms's answer cannot be read"));
    }

    @Test
    void anAnswerWithoutEndIsCut() {
        server.on(LOOK, json(200, "[\"" + "x".repeat(3 * 1024 * 1024) + "\"]"));

        assertThat(answered(hms.look(RECORDING, LIMIT)))
                .isEqualTo(new HmsAnswer.Unavailable("100ms's answer cannot be read"));
    }

    @Test
    void nobodyAtTheAddress() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var settings = TestHms.settings(URI.create("http://127.0.0.1:" + port + "/v2"), null);

        try (var alone = TestHms.client(settings, TestHms.QUICK)) {
            assertThat(answered(alone.start(ROOM, LIMIT)))
                    .isEqualTo(new HmsAnswer.Unavailable("100ms takes no connection"));
        }
    }

    @Test
    void aHostNameThatNobodyKnows() {
        var settings = TestHms.settings(URI.create("http://nobody.invalid/v2"), null);

        try (var lost = TestHms.client(settings, TestHms.QUICK)) {
            assertThat(answered(lost.look(RECORDING, LIMIT)))
                    .isEqualTo(new HmsAnswer.Unavailable("100ms's host name is unknown"));
        }
    }

    private static <T> T answered(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(LIMIT.plusSeconds(5)));
    }

    private static String recording(String status) {
        return recording(RECORDING, status, "2023-03-30T05:14:04.007990308Z");
    }

    private static String recording(String id, String status, String createdAt) {
        return """
                {"id":"%s","room_id":"%s","session_id":"5f","status":"%s","created_at":"%s","meeting_url":"https://x?auth_token=y"}"""
                .formatted(id, ROOM, status, createdAt);
    }
}
