package app.kulti.recording.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.RecordingEvent.Refusal;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.gateway.App;
import app.kulti.recording.gateway.Gateway;
import app.kulti.recording.gateway.TinyProcessor;
import app.kulti.recording.gateway.Tokens;
import app.kulti.recording.gateway.live.Outcomes;
import app.kulti.recording.gateway.openapi.TrueExample;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.test.web.reactive.server.WebTestClient;

/** A command goes out on its topic, and its outcome comes back as the answer. */
class CommandsIT {
    private final UUID host = UUID.randomUUID();
    private final UUID participant = UUID.randomUUID();
    private final UUID session = Gateway.app().session("Yoga", host, participant);
    private final WebTestClient client = Gateway.shared().as(Tokens.of(host));

    @Test
    void aHostStarts() {
        start(client, session, "click-1").expectStatus().isOk()
                .expectHeader().valueEquals("Cache-Control", "private, no-store")
                .expectBody().json("""
                        {"success": true,
                         "recording": {"id": "%s", "hmsRecordingId": "hms-recording", "status": "recording"}}"""
                        .formatted(RecordingId.startedBy(startOf("click-1"))), JsonCompareMode.STRICT);

        assertThat(Gateway.processor().heardAbout(session)).singleElement()
                .isInstanceOfSatisfying(RecordingCommand.Start.class, start -> {
                    assertThat(start.commandId()).isEqualTo(startOf("click-1"));
                    assertThat(start.by()).isEqualTo(new UserId(host));
                    assertThat(start.roomId().value()).isEqualTo(App.roomOf(session));
                    assertThat(Duration.between(start.issuedAt(), start.deadline())).isEqualTo(Duration.ofSeconds(20));
                });
    }

    @Test
    void aHostStops() {
        stop(client, session, null).expectStatus().isOk().expectBody()
                .json("""
                {"success": true, "recording": {"id": "%s", "status": "processing"}}"""
                        .formatted(TinyProcessor.stoppedIn(session)),
                        JsonCompareMode.STRICT);
        assertThat(Gateway.processor().heardAbout(session)).singleElement().isInstanceOf(RecordingCommand.Stop.class);
    }

    @Test
    void aHostDeletes() {
        var recording = Gateway.app().recording(session, "completed");
        delete(client, recording, null).expectStatus().isOk().expectBody()
                .jsonPath("$.success").isEqualTo(true)
                .jsonPath("$.note").value(String.class, note -> assertThat(note).contains("15 days"));
        assertThat(Gateway.processor().heardAbout(session)).singleElement().isInstanceOfSatisfying(
                RecordingCommand.Delete.class,
                delete -> assertThat(delete.recordingId()).isEqualTo(new RecordingId(recording)));
    }

    @Test
    void aHostKeepsARecordingAndLetsItGo() {
        var recording = Gateway.app().recording(session, "completed");
        client.put().uri("/api/recordings/{id}/keep", recording).exchange().expectStatus().isOk().expectBody().json("""
                {"success": true, "recording": {"id": "%s", "kept": true}}""".formatted(recording),
                JsonCompareMode.STRICT);
        client.delete().uri("/api/recordings/{id}/keep", recording).exchange().expectStatus().isOk().expectBody()
                .json("""
                        {"success": true, "recording": {"id": "%s", "kept": false}}""".formatted(recording),
                        JsonCompareMode.STRICT);
        assertThat(Gateway.processor().heardAbout(session)).extracting(RecordingCommand.Keep.class::cast)
                .extracting(RecordingCommand.Keep::kept).containsExactly(true, false);
    }

    @Test
    void onlyTheHostKeeps() {
        var recording = Gateway.app().recording(session, "completed");
        problem(Gateway.shared().as(Tokens.of(participant)).put().uri("/api/recordings/{id}/keep", recording)
                .exchange(), 403, "not-host");
        problem(Gateway.shared().as(Tokens.of(UUID.randomUUID())).delete().uri("/api/recordings/{id}/keep", recording)
                .exchange(), 404, "recording-not-found");
        Gateway.app().update("DELETE FROM public.recordings WHERE id = ?", recording);
        problem(client.put().uri("/api/recordings/{id}/keep", recording).exchange(), 404, "recording-not-found");
        assertThat(Gateway.processor().heardAbout(session)).isEmpty();
    }

    @Test
    void whoIsNotTheHostIsToldSoBeforeAnythingIsPublished() {
        var guest = Gateway.shared().as(Tokens.of(participant));
        problem(start(guest, session, null), 403, "not-host");
        problem(stop(guest, session, null), 403, "not-host");
        problem(delete(guest, Gateway.app().recording(session, "completed"), null), 403, "not-host");
        assertThat(Gateway.processor().heardAbout(session)).isEmpty();
    }

    @Test
    void anAnonymousSignInHostsNothingNotEvenAsTheHost() {
        var anonymous = Gateway.shared().as(Tokens.anonymous(host));
        problem(start(anonymous, session, null), 403, "not-host");
        problem(stop(anonymous, session, null), 403, "not-host");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        problem(start(client, UUID.randomUUID(), null), 404, "session-not-found");
        problem(stop(client, UUID.randomUUID(), null), 404, "session-not-found");
        problem(delete(client, UUID.randomUUID(), null), 404, "recording-not-found");
    }

    @Test
    void aStrangerDoesNotLearnThatARecordingExists() {
        problem(delete(Gateway.shared().as(Tokens.of(UUID.randomUUID())), Gateway.app().recording(session, "completed"),
                null), 404, "recording-not-found");
    }

    @Test
    void theRoomHasToBeTheSessions() {
        problem(client.post().uri("/api/hms/start-recording").contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body(session, "another-room")).exchange(), 400, "room-differs")
                .jsonPath("$.field").isEqualTo("roomId");
        Gateway.app().update("UPDATE public.sessions SET hms_room_id = NULL WHERE id = ?", session);
        problem(start(client, session, null), 400, "room-missing");
        assertThat(Gateway.processor().heardAbout(session)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
            "start, SESSION_NOT_FOUND, 404, session-not-found",
            "start, NOT_HOST, 403, not-host",
            "start, ROOM_MISSING, 400, room-missing",
            "start, ROOM_DIFFERS, 400, room-differs",
            "start, ALREADY_RECORDING, 400, already-recording",
            "stop, NOTHING_ACTIVE, 400, no-active-recording",
            "delete, RECORDING_NOT_FOUND, 404, recording-not-found",
            "delete, STILL_RECORDING, 409, still-recording",
            "start, HMS_REFUSED, 502, recording-service-refused",
            "start, TOO_LATE, 503, recording-service-unavailable",
            "stop, HMS_UNAVAILABLE, 503, recording-service-unavailable"})
    void whatTheProcessorRefusesIsAnsweredAsTheContractSays(String command, Refusal reason, int status, String type) {
        Gateway.processor().refusing(session, reason);
        var answer = switch (command) {
            case "start" -> start(client, session, null);
            case "stop" -> stop(client, session, null);
            default -> delete(client, Gateway.app().recording(session, "completed"), null);
        };
        problem(answer, status, type).jsonPath("$.detail").isEqualTo("Because of " + reason + ".")
                .jsonPath("$.error").isEqualTo("Because of " + reason + ".");
    }

    @Test
    void aRepeatedRequestIsOneCommandAndOneAnswer() {
        var first = start(client, session, "again").expectStatus().isOk().expectBody(String.class).returnResult();
        start(client, session, "again").expectStatus().isOk().expectBody(String.class)
                .isEqualTo(String.valueOf(first.getResponseBody()));
        assertThat(Gateway.processor().heardAbout(session)).hasSize(2)
                .allSatisfy(command -> assertThat(command.commandId()).isEqualTo(startOf("again")));
    }

    @Test
    void oneKeyForTwoRequestsIsRefused() {
        var other = Gateway.app().session("Pilates", host);
        start(client, session, "reused").expectStatus().isOk();
        problem(start(client, other, "reused"), 422, "idempotency-key-reused")
                .jsonPath("$.field").isEqualTo("Idempotency-Key");

        Gateway.processor().refusing(session, Refusal.ALREADY_RECORDING);
        problem(start(client, session, "a-no"), 400, "already-recording");
        problem(start(client, other, "a-no"), 422, "idempotency-key-reused");
    }

    @Test
    void aDeleteWhoseAnswerWasLostCanBeRepeatedWithItsKey() {
        var recording = Gateway.app().recording(session, "completed");
        delete(client, recording, "delete-1").expectStatus().isOk();
        Gateway.app().update("DELETE FROM public.recordings WHERE id = ?", recording);

        delete(client, recording, "delete-1").expectStatus().isOk();
        problem(delete(client, recording, null), 404, "recording-not-found");
    }

    @Test
    void withoutAnOutcomeTheKeyIsToldAndAsksForItLaterOnAnyCopy() {
        Gateway.processor().answering(session, _ -> Optional.empty());
        try (var impatient = Gateway.against(Gateway.brokers(), Gateway.app(), "kulti.commands.wait=2s",
                "kulti.limits.commands=1")) {
            var key = new String[1];
            problem(start(impatient.as(Tokens.of(host)), session, null), 504, "no-outcome-yet")
                    .consumeWith(answer -> TrueExample.check("problems/no-outcome-yet",
                            new String(Objects.requireNonNull(answer.getResponseBody()), StandardCharsets.UTF_8)))
                    .jsonPath("$.idempotencyKey").value(String.class, told -> key[0] = told);
            assertThat(impatient.bean(Outcomes.class).waiting()).isZero();
            whoAsksTooOftenIsToldSoAfterWhatTheyMayNot(impatient.as(Tokens.of(host)));
            whoHasAShareLinkAsksAtNobodysExpense(impatient);

            Gateway.processor().answering(session, _ -> Optional.of(new Answer.Done()));
            start(client, session, key[0]).expectStatus().isOk().expectBody().jsonPath("$.recording.id")
                    .isEqualTo(RecordingId.startedBy(startOf(key[0])).toString());
        }
    }

    private void whoAsksTooOftenIsToldSoAfterWhatTheyMayNot(WebTestClient hurried) {
        var another = Gateway.app().session("Another's", UUID.randomUUID());
        problem(start(hurried, UUID.randomUUID(), null), 404, "session-not-found");
        problem(start(hurried, another, null), 403, "not-host");
        problem(start(hurried, session, null).expectHeader().valueEquals("Retry-After", "10"), 429,
                "too-many-requests");
        problem(hurried.post().uri("/api/hms/start-recording").contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body(session, "another-room")).exchange(), 429, "too-many-requests");
    }

    private void whoHasAShareLinkAsksAtNobodysExpense(Gateway hurried) {
        var sharing = UUID.randomUUID();
        var theirs = Gateway.app().session("Shared", sharing);
        var young = Gateway.app().recording(theirs, "completed");
        Gateway.app().progress(young, "wanted", null, "https://files.100ms.live/f.mp4?sig=old", "-1 hour");
        var link = new String[1];
        hurried.as(Tokens.of(sharing)).post().uri("/api/recordings/{id}/shares", young).exchange()
                .expectStatus().isCreated().expectBody().jsonPath("$.url").value(String.class, told -> link[0] = told);

        hurried.http().get().uri(link[0]).exchange().expectStatus().isFound();
        problem(hurried.http().get().uri(link[0]).exchange(), 429, "too-many-requests");
        start(hurried.as(Tokens.of(sharing)), theirs, null).expectStatus().isOk();
    }

    @Test
    void aCallerWhoGoesAwayLeavesNothingBehind() {
        Gateway.processor().answering(session, _ -> Optional.empty());
        var outcomes = Gateway.shared().bean(Outcomes.class);
        try (var http = HttpClient.newHttpClient()) {
            var response = http.sendAsync(HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + Gateway.shared().port() + "/api/hms/stop-recording"))
                    .header("Authorization", "Bearer " + Tokens.of(host)).header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"sessionId\": \"%s\"}".formatted(session))).build(),
                    BodyHandlers.ofString());
            await().until(() -> !Gateway.processor().heardAbout(session).isEmpty());
            assertThat(outcomes.waiting()).isEqualTo(1);

            response.cancel(true);
            http.shutdownNow();
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> outcomes.waiting() == 0);
    }

    private static ResponseSpec start(WebTestClient by, UUID session, @Nullable String key) {
        var request = by.post().uri("/api/hms/start-recording").contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body(session, App.roomOf(session)));
        return (key == null ? request : request.header("Idempotency-Key", key)).exchange();
    }

    private static String body(UUID session, String room) {
        return "{\"sessionId\": \"%s\", \"roomId\": \"%s\"}".formatted(session, room);
    }

    private static ResponseSpec stop(WebTestClient by, UUID session, @Nullable String key) {
        var request = by.post().uri("/api/hms/stop-recording").contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"sessionId\": \"%s\"}".formatted(session));
        return (key == null ? request : request.header("Idempotency-Key", key)).exchange();
    }

    private static ResponseSpec delete(WebTestClient by, UUID recording, @Nullable String key) {
        var request = by.delete().uri("/api/recordings/{id}", recording);
        return (key == null ? request : request.header("Idempotency-Key", key)).exchange();
    }

    private static WebTestClient.BodyContentSpec problem(ResponseSpec answer, int status, String type) {
        return answer.expectStatus().isEqualTo(status)
                .expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody().jsonPath("$.type").isEqualTo("https://kulti.app/problems/" + type)
                .jsonPath("$.status").isEqualTo(status).jsonPath("$.error").isNotEmpty();
    }

    private CommandId startOf(String key) {
        return CommandId.of(new UserId(host), "POST /api/hms/start-recording", key);
    }
}
