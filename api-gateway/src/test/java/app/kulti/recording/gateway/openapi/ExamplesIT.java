package app.kulti.recording.gateway.openapi;

import static app.kulti.recording.gateway.openapi.TrueExample.Story.BUSY_HOST;
import static app.kulti.recording.gateway.openapi.TrueExample.Story.DECLINED_WISH;
import static app.kulti.recording.gateway.openapi.TrueExample.Story.HOST;
import static app.kulti.recording.gateway.openapi.TrueExample.Story.LIVE_RECORDING;
import static app.kulti.recording.gateway.openapi.TrueExample.Story.LIVE_SESSION;
import static app.kulti.recording.gateway.openapi.TrueExample.Story.PARTICIPANT;
import static app.kulti.recording.gateway.openapi.TrueExample.Story.RECORDING;
import static app.kulti.recording.gateway.openapi.TrueExample.Story.SESSION;
import static app.kulti.recording.gateway.openapi.TrueExample.Story.SHARE;
import static app.kulti.recording.gateway.openapi.TrueExample.Story.TOKEN;
import static app.kulti.recording.gateway.openapi.TrueExample.Story.WISH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.RecordingEvent.Refusal;
import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.gateway.Gateway;
import app.kulti.recording.gateway.Tokens;
import app.kulti.recording.gateway.live.States;
import app.kulti.recording.gateway.live.StreamReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.RequestHeadersSpec;
import tools.jackson.databind.json.JsonMapper;

/** What the description shows is what is answered: one session, its host, a participant, and a recording. */
class ExamplesIT {
    private static final String ROOM = "65f8a1b2c3d4e5f6a7b8c9d0";

    @BeforeAll
    static void theStory() {
        var app = Gateway.app();
        app.update("INSERT INTO public.sessions (id, title, host_id, hms_room_id, status)"
                + " VALUES (?::uuid, 'Morning yoga', ?::uuid, ?, 'live')", SESSION, HOST, ROOM);
        app.update("INSERT INTO public.session_participants (session_id, user_id) VALUES (?::uuid, ?::uuid)", SESSION,
                PARTICIPANT);
        app.update("""
                INSERT INTO public.recordings (id, session_id, hms_recording_id, status, duration, metadata, recording_url,
                  created_at)
                VALUES (?::uuid, ?::uuid, '65f8a9c0d1e2f3a4b5c6d7e8', 'completed', 3600,
                  '{"storage": "supabase", "size": 734003200, "resolution": "1280x720", "format": "mp4"}',
                  ?, '2026-11-22T08:00:00Z')""", RECORDING, SESSION, SESSION + "/" + RECORDING + ".mp4");
        app.update("INSERT INTO public.sessions (id, title, host_id, hms_room_id, status)"
                + " VALUES (?::uuid, 'Evening yoga', ?::uuid, 'another-room', 'live')", LIVE_SESSION, HOST);
        app.update("INSERT INTO public.recordings (id, session_id, hms_recording_id, status)"
                + " VALUES (?::uuid, ?::uuid, '65f8aa00d1e2f3a4b5c6d7e9', 'recording')", LIVE_RECORDING, LIVE_SESSION);
        app.update("INSERT INTO kulti_recording.share_links (id, recording_id, session_id, created_by, token_hash,"
                + " expires_at) VALUES (?::uuid, ?::uuid, ?::uuid, ?::uuid, sha256(convert_to(?, 'UTF8')),"
                + " now() + interval '1 day')", SHARE, RECORDING, SESSION, HOST, TOKEN);
        app.update("INSERT INTO kulti_recording.deletion_requests (id, recording_id, session_id, host_id, requester,"
                + " reason) VALUES (?::uuid, ?::uuid, ?::uuid, ?::uuid, ?::uuid, 'I said where I live.')", WISH,
                RECORDING, SESSION, HOST, PARTICIPANT);
        app.update("INSERT INTO kulti_recording.deletion_requests (id, recording_id, session_id, host_id, requester)"
                + " VALUES (?::uuid, ?::uuid, ?::uuid, ?::uuid, ?::uuid)", DECLINED_WISH, RECORDING, SESSION, HOST,
                BUSY_HOST);
        for (var happened : List.of("recording.commands kulti.command.start.v1 07:59:58",
                "hms.webhooks beam.started.success 08:00:00", "hms.webhooks beam.recording.success 09:03:12",
                "mirror.reports kulti.mirror.verified.v1 09:05:40")) {
            var words = happened.split(" ", 3);
            app.update("INSERT INTO kulti_recording.recording_history (recording_id, event_id, type, source_topic,"
                    + " source_partition, source_offset, occurred_at, decided_at, decision)"
                    + " VALUES (?::uuid, gen_random_uuid(), ?, ?, 0, 0, ?::timestamptz, now(), 'applied')", RECORDING,
                    words[1], words[0], "2026-11-22T" + words[2] + "Z");
        }
        var busy = app.session("Pilates", UUID.fromString(BUSY_HOST), UUID.randomUUID());
        app.mirrored(busy);
        app.recording(busy, "failed");
    }

    /** Each operation once, as its example has it, in the order in which a host would use them. */
    static Stream<String> operations() {
        return Stream.of("startRecording", "getActiveRecording", "stopRecording", "listRecordings", "getRecording",
                "playRecording", "getTimeline", "getStatistics", "keepRecording", "releaseRecording", "acknowledge",
                "listAcknowledgements", "createShare", "listShares", "openShare", "revokeShare", "listDeletionRequests",
                "requestDeletion", "declineDeletion", "acceptDeletion", "deleteRecording");
    }

    @ParameterizedTest
    @MethodSource("operations")
    void isAnsweredAsItsExampleSays(String id) {
        var operation = operation(id);
        var path = operation.path().getPatternString().replace("{id}", RECORDING).replace("{shareId}", SHARE)
                .replace("{requestId}", id.equals("acceptDeletion") ? WISH : DECLINED_WISH).replace("{token}", TOKEN)
                + switch (id) {
                    case "getActiveRecording" -> "?sessionId=" + LIVE_SESSION;
                    case "listRecordings" -> "?sessionId=" + SESSION;
                    default -> "";
                };
        var request = Gateway.shared().as(Tokens.of(UUID.fromString(asks(id)))).method(operation.method()).uri(path)
                .accept(MediaType.APPLICATION_JSON);
        if (operation.spec().has("requestBody")) {
            request.contentType(MediaType.APPLICATION_JSON).bodyValue(exampleOfRequest(operation));
        }
        var answer = request.exchange().expectStatus().is2xxSuccessful().expectBody(String.class).returnResult();
        TrueExample.check(id + ".answer", String.valueOf(answer.getResponseBody()));
    }

    private static String asks(String id) {
        return switch (id) {
            case "acknowledge", "requestDeletion" -> PARTICIPANT;
            case "getStatistics" -> BUSY_HOST;
            default -> HOST;
        };
    }

    private static DescribedApi.Operation operation(String id) {
        return Gateway.shared().api().operations().stream().filter(operation -> operation.id().equals(id)).findFirst()
                .orElseThrow(() -> new AssertionError("no operation " + id));
    }

    private static String exampleOfRequest(DescribedApi.Operation operation) {
        return operation.spec().path("requestBody").path("content").path("application/json").path("example").toString();
    }

    @Test
    void anEventIsAsItsExampleSays() {
        try (var page = StreamReader.open(Tokens.of(UUID.fromString(HOST)))) {
            Gateway.processor().publish(new RecordingEvent.Started(States.recording(UUID.fromString(LIVE_SESSION),
                    UUID.fromString(LIVE_RECORDING), 1, "65f8aa00d1e2f3a4b5c6d7e9")));
            await().atMost(StreamReader.LIMIT).until(() -> !page.data().isEmpty());
            TrueExample.check("followRecordings.answer", page.data().getFirst().toString());
        }
    }

    @ParameterizedTest
    @CsvSource({
            "invalid-request, GET, /api/recordings/list?limit=101",
            "not-acceptable, GET, /api/recordings/list",
            "recording-not-found, GET, /api/recordings/2cf861a1-ca87-54fd-9f9d-7e7dee8eec57"})
    void problemsOfAReader(String type, HttpMethod method, String path) {
        var request = Gateway.shared().as(Tokens.of(UUID.fromString(HOST))).method(method).uri(path);
        checkProblem(type, type.equals("not-acceptable") ? request.accept(MediaType.IMAGE_PNG) : request);
    }

    @Test
    void nobodyIsSignedIn() {
        checkProblem("not-signed-in", Gateway.shared().http().method(HttpMethod.GET).uri("/api/recordings/list"));
    }

    @Test
    void anotherPage() {
        checkProblem("origin-not-allowed", Gateway.shared().as(Tokens.of(UUID.fromString(HOST))).method(HttpMethod.GET)
                .uri("/api/recordings/list").header("Origin", "https://evil.test"));
    }

    @ParameterizedTest
    @CsvSource({
            "share-not-found, GET, /share/Zm9yIHlvdXIgZXllcyBvbmx5LCBub3QgZXZlciBtaW4",
            "deletion-request-not-found, POST, /api/recordings/2cf861a1-ca87-54fd-9f9d-7e7dee8eec57/deletion-requests/"
                    + "2cf861a1-ca87-54fd-9f9d-7e7dee8eec57/accept"})
    void whatIsNotThere(String type, HttpMethod method, String path) {
        checkProblem(type, Gateway.shared().as(Tokens.of(UUID.fromString(HOST))).method(method).uri(path));
    }

    @Test
    void aDecisionStands() {
        var session = Gateway.app().session("Morning yoga", UUID.fromString(HOST));
        var recording = Gateway.app().recording(session, "completed");
        Gateway.app().update("INSERT INTO kulti_recording.deletion_requests (id, recording_id, session_id, host_id,"
                + " requester, decided_at, decision) VALUES (?, ?, ?, ?::uuid, ?::uuid, now(), 'declined')", recording,
                recording, session, HOST, PARTICIPANT);
        checkProblem("already-decided", Gateway.shared().as(Tokens.of(UUID.fromString(HOST))).method(HttpMethod.POST)
                .uri("/api/recordings/%s/deletion-requests/%s/accept".formatted(recording, recording)));
    }

    static Stream<Object[]> starts() {
        return Stream.of(
                new Object[]{"session-not-found", HOST, Map.of("sessionId", RECORDING, "roomId", ROOM)},
                new Object[]{"not-host", PARTICIPANT, Map.of("sessionId", SESSION, "roomId", ROOM)},
                new Object[]{"room-differs", HOST, Map.of("sessionId", SESSION, "roomId", "another")},
                new Object[]{"content-too-large", HOST,
                        Map.of("sessionId", SESSION, "roomId", "r".repeat(11_000))});
    }

    @ParameterizedTest
    @MethodSource("starts")
    void problemsOfAStart(String type, String user, Map<String, String> body) {
        checkProblem(type, start(user, body));
    }

    @Test
    void aSessionWithoutARoom() {
        var session = Gateway.app().session("Unprepared", UUID.fromString(HOST));
        Gateway.app().update("UPDATE public.sessions SET hms_room_id = NULL WHERE id = ?", session);
        checkProblem("room-missing", start(HOST, Map.of("sessionId", session.toString(), "roomId", ROOM)));
    }

    @Test
    void aBodyThatIsNoJson() {
        checkProblem("unsupported-media-type", Gateway.shared().as(Tokens.of(UUID.fromString(HOST)))
                .method(HttpMethod.POST).uri("/api/hms/start-recording").contentType(MediaType.TEXT_PLAIN)
                .bodyValue("text"));
    }

    /** In the processor's own words. */
    @ParameterizedTest
    @CsvSource({
            "already-recording, ALREADY_RECORDING, it is being recorded",
            "no-active-recording, NOTHING_ACTIVE, nothing is being recorded",
            "still-recording, STILL_RECORDING, it still records; stop it first",
            "recording-service-refused, HMS_REFUSED, 100ms refused the start: room is inactive",
            "recording-service-unavailable, HMS_UNAVAILABLE, 100ms does not answer at the moment"})
    void problemsThatTheProcessorTells(String type, Refusal reason, String detail) {
        var session = Gateway.app().session("Morning yoga", UUID.fromString(HOST));
        Gateway.processor().answering(session, _ -> Optional.of(new Answer.Refused(reason, detail)));
        var by = Gateway.shared().as(Tokens.of(UUID.fromString(HOST)));
        checkProblem(type, switch (reason) {
            case STILL_RECORDING -> by.method(HttpMethod.DELETE)
                    .uri("/api/recordings/" + Gateway.app().recording(session, "recording"));
            case NOTHING_ACTIVE -> by.method(HttpMethod.POST).uri("/api/hms/stop-recording")
                    .contentType(MediaType.APPLICATION_JSON).bodyValue(Map.of("sessionId", session));
            default -> by.method(HttpMethod.POST).uri("/api/hms/start-recording")
                    .contentType(MediaType.APPLICATION_JSON).header("Idempotency-Key", "click-1-" + type)
                    .bodyValue(Map.of("sessionId", session, "roomId", "room-" + session));
        });
    }

    @ParameterizedTest
    @CsvSource({"not-playable-yet, processing", "not-playable, failed"})
    void problemsOfAPlayer(String type, String status) {
        var recording = Gateway.app().recording(Gateway.app().session("Morning yoga", UUID.fromString(HOST)), status);
        checkProblem(type, Gateway.shared().as(Tokens.of(UUID.fromString(HOST))).method(HttpMethod.GET)
                .uri("/api/recordings/" + recording + "/playback"));
    }

    @Test
    void oneKeyForTwoRequests() {
        var first = Gateway.app().session("Morning yoga", UUID.fromString(HOST));
        var second = Gateway.app().session("Evening yoga", UUID.fromString(HOST));
        for (var session : List.of(first, second)) {
            var request = Gateway.shared().as(Tokens.of(UUID.fromString(HOST))).method(HttpMethod.POST)
                    .uri("/api/hms/start-recording").contentType(MediaType.APPLICATION_JSON)
                    .header("Idempotency-Key", "one-key").bodyValue(Map.of("sessionId", session, "roomId",
                            "room-" + session));
            if (session.equals(first)) {
                request.exchange().expectStatus().isOk();
            } else {
                checkProblem("idempotency-key-reused", request);
            }
        }
    }

    private static RequestHeadersSpec<?> start(String user,
            Map<String, String> body) {
        return Gateway.shared().as(Tokens.of(UUID.fromString(user))).method(HttpMethod.POST)
                .uri("/api/hms/start-recording").contentType(MediaType.APPLICATION_JSON)
                .bodyValue(JsonMapper.shared().writeValueAsString(body));
    }

    private static void checkProblem(String type,
            RequestHeadersSpec<?> request) {
        var answer = request.exchange().expectBody(String.class).returnResult();
        var body = String.valueOf(answer.getResponseBody());
        assertThat(JsonMapper.shared().readTree(body).path("type").asString())
                .isEqualTo("https://kulti.app/problems/" + type);
        TrueExample.check("problems/" + type, body);
    }
}
