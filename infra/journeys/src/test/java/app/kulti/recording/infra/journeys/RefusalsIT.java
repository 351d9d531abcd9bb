package app.kulti.recording.infra.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.infra.local.run.Caller;
import app.kulti.recording.infra.local.run.Caller.Answer;
import app.kulti.recording.infra.local.run.Credentials;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is not allowed, not there or not sensible is answered as the contract says, and leaves no trace at 100ms. */
class RefusalsIT {
    private final Stage stage = Stage.live(RunningSystem.shared(), "Refusals");

    @Test
    void withoutATokenNothingIsAnswered() {
        refused(stage.start(stage.nobody), 401);
    }

    @Test
    void aTokenOfAnotherKeyOrPastItsTimeIsNoToken() {
        var expired = Credentials.token(UUID.randomUUID(), Instant.now().minusSeconds(7200),
                Instant.now().minusSeconds(3600));
        refused(new Caller(stage.system.gateway(), expired).get("/api/recordings/list"), 401);
        refused(new Caller(stage.system.gateway(), expired + "x").get("/api/recordings/list"), 401);
    }

    @Test
    void anUnknownSessionIsNotFound() {
        refused(stage.host.post("/api/hms/start-recording",
                "{\"sessionId\":\"%s\",\"roomId\":\"%s\"}".formatted(UUID.randomUUID(), stage.room)), 404);
    }

    @Test
    void whoIsNotTheHostMayNotStart() {
        refused(stage.start(stage.participant), 403);
        assertThat(stage.hmsRecording().json().at("/recordings")).isEmpty();
    }

    @Test
    void aRoomOfAnotherSessionIsRefused() {
        refused(stage.host.post("/api/hms/start-recording",
                "{\"sessionId\":\"%s\",\"roomId\":\"elsewhere\"}".formatted(stage.session)), 400);
    }

    @Test
    void aSecondStartIsRefusedAndASecondStopToo() {
        assertThat(stage.start(stage.host).status()).isEqualTo(200);
        refused(stage.start(stage.host), 400);
        assertThat(stage.hmsRecording().json().at("/recordings")).hasSize(1);
        stage.awaitRunning();
        assertThat(stage.stop(stage.host).status()).isEqualTo(200);
        refused(stage.stop(stage.host), 400);
    }

    @Test
    void aStopWithoutAStartIsRefused() {
        refused(stage.stop(stage.host), 400);
    }

    @Test
    void whatIsNoJsonIsRefusedWithItsReason() {
        refused(stage.host.post("/api/hms/start-recording", "{\"sessionId\":"), 400);
        refused(stage.host.post("/api/hms/start-recording", "{\"sessionId\":7}"), 400);
    }

    @Test
    void aForgedWebhookIsTurnedAway() {
        var ingest = new Caller(stage.system.ingest(), null);
        refused(ingest.post("/api/webhooks/hms", "{\"type\":\"beam.started.success\"}"), 401);
        refused(ingest.post("/api/webhooks/hms", "{\"type\":\"beam.started.success\"}",
                Credentials.WEBHOOK_SECRET_HEADER, "guessed"), 401);
    }

    @Test
    void aWebhookThatIsNoJsonIsRefusedAndAnUnknownOneIsTaken() {
        var ingest = new Caller(stage.system.ingest(), null);
        refused(ingest.post("/api/webhooks/hms", "not json", Credentials.WEBHOOK_SECRET_HEADER,
                Credentials.WEBHOOK_SECRET), 400);
        var taken = ingest.post("/api/webhooks/hms", "{\"type\":\"beam.of.tomorrow\",\"data\":{\"room_id\":\"r\"}}",
                Credentials.WEBHOOK_SECRET_HEADER, Credentials.WEBHOOK_SECRET);
        assertThat(taken.status()).isEqualTo(200);
        assertThat(taken.json().at("/received").asBoolean()).isTrue();
    }

    @Test
    void aStrangerSeesNoRecordingAndAParticipantDeletesNone() {
        var id = stage.film();
        stage.awaitStatus(id, "completed");
        refused(stage.recording(stage.stranger, id), 404);
        refused(stage.stranger.delete("/api/recordings/" + id), 404);
        refused(stage.participant.delete("/api/recordings/" + id), 403);
        assertThat(stage.recording(stage.participant, id).status()).isEqualTo(200);
    }

    private static void refused(Answer answer, int status) {
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(status);
        assertThat(answer.text("/error")).isNotBlank();
        assertThat(answer.raw().headers().firstValue("Content-Type")).hasValueSatisfying(
                type -> assertThat(type).startsWith("application/problem+json"));
    }
}
