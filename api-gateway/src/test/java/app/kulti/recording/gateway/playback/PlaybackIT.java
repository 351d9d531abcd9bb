package app.kulti.recording.gateway.playback;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingEvent.Refusal;
import app.kulti.recording.gateway.Gateway;
import app.kulti.recording.gateway.Tokens;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.test.web.reactive.server.WebTestClient;

/** From a recording to a link that plays it. */
class PlaybackIT {
    private final UUID host = UUID.randomUUID();
    private final UUID participant = UUID.randomUUID();
    private final UUID session = Gateway.app().session("Töpfern: \"Teil 1\"", host, participant);
    private final WebTestClient client = Gateway.shared().as(Tokens.of(participant));

    @Test
    void aMirroredFilmIsOneRedirectAway() {
        var recording = Gateway.app().mirrored(session);
        assertThat(location(playback(recording, "", "video/mp4")).toString())
                .startsWith("https://storage.test/storage/v1/s3/recordings/%s/%s.mp4?".formatted(session, recording))
                .contains("X-Amz-Expires=10800", "response-content-type=video%2Fmp4")
                .doesNotContain("response-content-disposition");
    }

    @Test
    void programsGetTheLinkAsJson() {
        var recording = Gateway.app().mirrored(session);
        playback(recording, "", "application/json").expectStatus().isOk()
                .expectHeader().valueEquals("Cache-Control", "private, no-store")
                .expectBody().jsonPath("$.url").value(String.class, url -> assertThat(url).contains("X-Amz-Signature="))
                .jsonPath("$.expiresAt").value(String.class, time -> assertThat(Instant.parse(time))
                        .isBetween(Instant.now().plusSeconds(10_000), Instant.now().plusSeconds(11_000)));
    }

    @Test
    void aDownloadIsSavedUnderAHumanName() {
        var query = location(playback(Gateway.app().mirrored(session), "?download=1", "*/*")).getQuery();
        assertThat(query).contains("attachment; filename=\"Topfern Teil 1 ")
                .contains("filename*=UTF-8''T%C3%B6pfern%20");
    }

    @Test
    void beforeTheCopy100msPlays() {
        var recording = Gateway.app().recording(session, "completed");
        Gateway.app().progress(recording, "copying", 1L, "https://files.100ms.live/f.mp4?sig=a%2Fb", "1 hour");
        assertThat(location(playback(recording, "", "*/*"))).hasToString("https://files.100ms.live/f.mp4?sig=a%2Fb");
        assertThat(Gateway.processor().heardAbout(session)).isEmpty();
    }

    @Test
    void aLinkOf100msThatHasEndedIsRenewed() {
        var recording = Gateway.app().recording(session, "completed");
        Gateway.app().progress(recording, "wanted", null, "https://files.100ms.live/f.mp4?sig=old", "-1 hour");
        playback(recording, "", "application/json").expectStatus().isOk().expectBody().json("""
                {"url": "https://files.100ms.live/fresh?sig=new", "expiresAt": "2030-01-01T00:00:00Z"}""",
                JsonCompareMode.STRICT);
        assertThat(Gateway.processor().heardAbout(session)).singleElement()
                .isInstanceOf(RecordingCommand.RefreshSource.class);
    }

    @Test
    void whatCannotBeRenewedSaysWhy() {
        var recording = Gateway.app().recording(session, "completed");
        Gateway.processor().refusing(session, Refusal.HMS_UNAVAILABLE);
        problem(playback(recording, "", "*/*"), 503, "recording-service-unavailable")
                .jsonPath("$.idempotencyKey").doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"recording, not-playable-yet", "processing, not-playable-yet", "failed, not-playable"})
    void whereThereIsNoFilmTheReasonIsTold(String status, String type) {
        problem(playback(Gateway.app().recording(session, status), "", "application/json"), 409, type);
    }

    @Test
    void aFileThatWasRefusedIsNotPlayed() {
        var recording = Gateway.app().recording(session, "completed",
                "{\"mirror\": {\"state\": \"refused\", \"reason\": \"noMoov\"}}");
        Gateway.app().progress(recording, "refused", null, "https://files.100ms.live/f.mp4?sig=s", "1 hour");
        problem(playback(recording, "", "*/*"), 409, "not-playable")
                .jsonPath("$.detail").value(String.class, detail -> assertThat(detail).contains("noMoov"));
    }

    @Test
    void aStrangerDoesNotLearnThatItExists() {
        var recording = Gateway.app().mirrored(session);
        problem(Gateway.shared().as(Tokens.of(UUID.randomUUID())).get()
                .uri("/api/recordings/{id}/playback", recording).exchange(), 404, "recording-not-found");
    }

    private ResponseSpec playback(UUID recording, String query, String accept) {
        return client.get().uri("/api/recordings/" + recording + "/playback" + query).header("Accept", accept)
                .exchange();
    }

    private static URI location(ResponseSpec answer) {
        var location = answer.expectStatus().isFound().expectHeader().valueEquals("Cache-Control", "private, no-store")
                .expectHeader().valueEquals("Referrer-Policy", "no-referrer").expectBody().isEmpty()
                .getResponseHeaders().getLocation();
        if (location == null) {
            throw new AssertionError("no Location");
        }
        return location;
    }

    private static WebTestClient.BodyContentSpec problem(ResponseSpec answer, int status, String type) {
        return answer.expectStatus().isEqualTo(status).expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody().jsonPath("$.type").isEqualTo("https://kulti.app/problems/" + type);
    }
}
