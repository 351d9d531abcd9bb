package app.kulti.recording.gateway.consent;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.RecordingEvent.Refusal;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.gateway.Gateway;
import app.kulti.recording.gateway.Tokens;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Those who were recorded say that they know, or that they want it gone. */
class ConsentIT {
    private static final JsonMapper JSON = new JsonMapper();

    private final UUID host = UUID.randomUUID();
    private final UUID participant = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();
    private final UUID session = Gateway.app().session("Yoga", host, participant, other);
    private final UUID recording = Gateway.app().mirrored(session);
    private final WebTestClient asHost = Gateway.shared().as(Tokens.of(host));
    private final WebTestClient asParticipant = Gateway.shared().as(Tokens.of(participant));
    private final WebTestClient asOther = Gateway.shared().as(Tokens.anonymous(other));
    private final WebTestClient asStranger = Gateway.shared().as(Tokens.of(UUID.randomUUID()));

    @Test
    void theHostSeesWhoKnowsAndWhenOthersSeeTheirOwn() {
        var first = body(post(asParticipant, "/acknowledgements", null).expectStatus().isOk());
        assertThat(first.path("acknowledgement").path("userId").asString()).isEqualTo(participant.toString());
        post(asOther, "/acknowledgements", null).expectStatus().isOk();
        assertThat(body(post(asParticipant, "/acknowledgements", null).expectStatus().isOk()))
                .as("saying it again changes nothing").isEqualTo(first);

        assertThat(acknowledgedBy(asHost)).containsExactly(participant.toString(), other.toString());
        assertThat(acknowledgedBy(asParticipant)).containsExactly(participant.toString());
        problem(get(asStranger, "/acknowledgements"), 404, "recording-not-found");
        problem(post(asStranger, "/acknowledgements", null), 404, "recording-not-found");
    }

    @Test
    void nobodyHasSaidAnythingYet() {
        assertThat(acknowledgedBy(asHost)).isEmpty();
        get(asHost, "/deletion-requests").expectStatus().isOk().expectBody().json("{\"requests\": []}");
    }

    @Test
    void askingAgainIsTheSameRequest() {
        var ids = IntStream.range(0, 8).parallel()
                .mapToObj(_ -> asked(asParticipant, "my face")).distinct().toList();
        assertThat(ids).hasSize(1);
        get(asHost, "/deletion-requests").expectBody().jsonPath("$.requests.length()").isEqualTo(1)
                .jsonPath("$.requests[0].requestedBy").isEqualTo(participant.toString())
                .jsonPath("$.requests[0].reason").isEqualTo("my face")
                .jsonPath("$.requests[0].state").isEqualTo("open");
    }

    @Test
    void eachSeesTheirOwnAndTheHostAll() {
        var mine = asked(asParticipant, null);
        var others = asked(asOther, "");
        assertThat(requestsSeenBy(asHost)).containsExactly(mine, others);
        assertThat(requestsSeenBy(asParticipant)).containsExactly(mine);
        assertThat(requestsSeenBy(asOther)).containsExactly(others);
        problem(get(asStranger, "/deletion-requests"), 404, "recording-not-found");
        problem(post(asStranger, "/deletion-requests", "{}"), 404, "recording-not-found");
    }

    @Test
    void anAcceptedRequestDeletesTheRecordingAndOutlivesIt() {
        var request = asked(asParticipant, "my face");
        decide(asHost, request, "accept").expectStatus().isOk().expectBody()
                .jsonPath("$.request.state").isEqualTo("done").jsonPath("$.request.decidedAt").isNotEmpty();
        var command = deleteHeard().getFirst();
        assertThat(command.recordingId()).isEqualTo(new RecordingId(recording));
        assertThat(command.by()).isEqualTo(new UserId(host));
        assertThat(Gateway.app().value("SELECT command_id FROM kulti_recording.deletion_requests WHERE id = '%s'"
                .formatted(request))).isEqualTo(command.commandId().value());

        Gateway.app().update("DELETE FROM public.sessions WHERE id = ?", session);
        for (var by : new WebTestClient[]{asHost, asParticipant}) {
            get(by, "/deletion-requests").expectStatus().isOk().expectBody()
                    .jsonPath("$.requests[0].state").isEqualTo("done")
                    .jsonPath("$.requests[0].deletedAt").isNotEmpty();
        }
        problem(get(asStranger, "/deletion-requests"), 404, "recording-not-found");
    }

    @Test
    void acceptingAgainPublishesTheSameDeleteAgainUntilItIsDone() {
        var request = asked(asParticipant, null);
        Gateway.processor().refusing(session, Refusal.HMS_UNAVAILABLE);
        problem(decide(asHost, request, "accept"), 503, "recording-service-unavailable");
        get(asHost, "/deletion-requests").expectBody().jsonPath("$.requests[0].state").isEqualTo("accepted");

        Gateway.processor().answering(session,
                _ -> Optional.of(new Answer.Done()));
        decide(asHost, request, "accept").expectStatus().isOk().expectBody().jsonPath("$.request.state")
                .isEqualTo("done");
        assertThat(deleteHeard()).hasSize(2).extracting(RecordingCommand.Delete::commandId).containsOnly(
                deleteHeard().getFirst().commandId());

        Gateway.app().update("DELETE FROM public.recordings WHERE id = ?", recording);
        decide(asHost, request, "accept").expectStatus().isOk();
        assertThat(deleteHeard()).as("there is nothing left to delete").hasSize(2);
    }

    @Test
    void whatSomebodyElseHasDeletedMeanwhileIsDone() {
        var request = asked(asParticipant, null);
        Gateway.processor().refusing(session, Refusal.RECORDING_NOT_FOUND);
        decide(asHost, request, "accept").expectStatus().isOk().expectBody().jsonPath("$.request.state")
                .isEqualTo("done");
    }

    @Test
    void aDeclinedOneStaysDeclinedAndMayBeAskedAnew() {
        var request = asked(asParticipant, null);
        for (int times = 0; times < 2; times++) {
            decide(asHost, request, "decline").expectStatus().isOk().expectBody()
                    .jsonPath("$.request.state").isEqualTo("declined");
        }
        problem(decide(asHost, request, "accept"), 409, "already-decided");
        assertThat(deleteHeard()).isEmpty();
        assertThat(asked(asParticipant, null)).isNotEqualTo(request);
    }

    @Test
    void whatStillRecordsIsNotDeleted() {
        Gateway.app().update("UPDATE public.recordings SET status = 'recording' WHERE id = ?", recording);
        var request = asked(asParticipant, null);
        problem(decide(asHost, request, "accept"), 409, "still-recording");
        get(asHost, "/deletion-requests").expectBody().jsonPath("$.requests[0].state").isEqualTo("open");
        assertThat(deleteHeard()).isEmpty();
    }

    @Test
    void onlyTheHostDecides() {
        var request = asked(asParticipant, null);
        for (var decision : new String[]{"accept", "decline"}) {
            problem(decide(asParticipant, request, decision), 403, "not-host");
            problem(decide(asOther, request, decision), 404, "deletion-request-not-found");
            problem(decide(asStranger, request, decision), 404, "deletion-request-not-found");
            problem(decide(Gateway.shared().as(Tokens.anonymous(host)), request, decision), 404,
                    "deletion-request-not-found");
            problem(decide(asHost, UUID.randomUUID().toString(), decision), 404, "deletion-request-not-found");
        }
        get(asHost, "/deletion-requests").expectBody().jsonPath("$.requests[0].state").isEqualTo("open");
    }

    @Test
    void aBadReasonIsNamed() {
        for (var reason : new String[]{"\"" + "x".repeat(1001) + "\"", "\"a\\u0000b\"", "7"}) {
            problem(post(asParticipant, "/deletion-requests", "{\"reason\": %s}".formatted(reason)), 400,
                    "invalid-request").jsonPath("$.field").isEqualTo("reason");
        }
    }

    private List<RecordingCommand.Delete> deleteHeard() {
        return Gateway.processor().heardAbout(session).stream().map(RecordingCommand.Delete.class::cast).toList();
    }

    private List<String> acknowledgedBy(WebTestClient by) {
        return body(get(by, "/acknowledgements").expectStatus().isOk()).path("acknowledgements")
                .valueStream().map(one -> one.path("userId").asString()).toList();
    }

    private List<String> requestsSeenBy(WebTestClient by) {
        return body(get(by, "/deletion-requests").expectStatus().isOk()).path("requests").valueStream()
                .map(one -> one.path("id").asString()).toList();
    }

    private String asked(WebTestClient by, @Nullable String reason) {
        return body(post(by, "/deletion-requests",
                reason == null ? null : "{\"reason\": \"%s\"}".formatted(reason)).expectStatus().isCreated())
                .path("request").path("id").asString();
    }

    private ResponseSpec decide(WebTestClient by, String request, String decision) {
        return post(by, "/deletion-requests/" + request + "/" + decision, null);
    }

    private ResponseSpec post(WebTestClient by, String path, @Nullable String body) {
        var request = by.post().uri("/api/recordings/" + recording + path);
        return (body == null ? request : request.contentType(MediaType.APPLICATION_JSON).bodyValue(body)).exchange();
    }

    private ResponseSpec get(WebTestClient by, String path) {
        return by.get().uri("/api/recordings/" + recording + path).exchange();
    }

    private static JsonNode body(ResponseSpec answer) {
        return JSON.readTree(answer.expectBody().returnResult().getResponseBodyContent());
    }

    private static BodyContentSpec problem(ResponseSpec answer, int status, String type) {
        return answer.expectStatus().isEqualTo(status).expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody().jsonPath("$.type").isEqualTo("https://kulti.app/problems/" + type);
    }
}
