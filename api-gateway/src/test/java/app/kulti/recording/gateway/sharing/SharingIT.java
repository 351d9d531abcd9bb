package app.kulti.recording.gateway.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.gateway.Gateway;
import app.kulti.recording.gateway.Tokens;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.data.TemporalUnitWithinOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A host hands out a link, somebody without a login watches, and the host takes it back. */
class SharingIT {
    private static final JsonMapper JSON = new JsonMapper();

    private final UUID host = UUID.randomUUID();
    private final UUID participant = UUID.randomUUID();
    private final UUID session = Gateway.app().session("Yoga \"1\"", host, participant);
    private final UUID recording = Gateway.app().mirrored(session);
    private final WebTestClient client = Gateway.shared().as(Tokens.of(host));

    @Test
    void aLinkPlaysWithoutALogin() {
        var location = open(made("{}"), "?download=1", "*/*").expectStatus().isFound()
                .expectHeader().valueEquals("Referrer-Policy", "no-referrer")
                .expectHeader().valueEquals("X-Robots-Tag", "noindex, nofollow")
                .expectHeader().value("Cache-Control", value -> assertThat(value).contains("no-store"))
                .expectBody().isEmpty().getResponseHeaders().getLocation();
        assertThat(Objects.requireNonNull(location).toString())
                .startsWith("https://storage.test/storage/v1/s3/recordings/%s/%s.mp4?".formatted(session, recording));
        assertThat(location.getQuery()).contains("attachment; filename=\"Yoga 1 ");
    }

    @Test
    void itTellsTitleAndLengthAndNothingElse() {
        var shown = body(open(made("{}"), "", "application/json").expectStatus().isOk());
        assertThat(shown.propertyNames()).containsExactlyInAnyOrder("title", "duration", "url", "expiresAt");
        assertThat(shown.path("title").asString()).isEqualTo("Yoga \"1\"");
        assertThat(shown.path("duration").asInt()).isEqualTo(5400);
    }

    @Test
    void itsHostSeesHowOftenItWasOpenedButNeverAgainItsToken() {
        var link = made("{\"expiresInHours\": 2}");
        open(link, "", "*/*").expectStatus().isFound();
        open(link, "", "application/json").expectStatus().isOk();

        var listed = body(shares(client).expectStatus().isOk().expectHeader()
                .valueEquals("Cache-Control", "private, no-store"));
        assertThat(listed.toString()).doesNotContain(tokenOf(link));
        var share = listed.path("shares").path(0);
        assertThat(share.path("openedCount").asInt()).isEqualTo(2);
        assertThat(share.path("state").asString()).isEqualTo("valid");
        assertThat(Duration.between(Instant.parse(share.path("createdAt").asString()),
                Instant.parse(share.path("expiresAt").asString()))).isBetween(Duration.ofMinutes(119),
                        Duration.ofMinutes(121));
    }

    @Test
    void theTokenIsStoredNowhere() {
        var token = tokenOf(made("{}"));
        assertThat(Gateway.app().value("SELECT count(*) FROM kulti_recording.share_links l WHERE recording_id = '"
                + recording + "' AND l::text NOT LIKE '%" + token + "%' AND token_hash = sha256('" + token + "')"))
                .isEqualTo(1L);
    }

    @Test
    void withoutABodyItLastsAWeek() {
        client.post().uri("/api/recordings/{id}/shares", recording).exchange().expectStatus().isCreated().expectBody()
                .jsonPath("$.share.expiresAt").value(String.class, time -> assertThat(Instant.parse(time))
                        .isCloseTo(Instant.now().plus(Duration.ofDays(7)), new TemporalUnitWithinOffset(1,
                                ChronoUnit.MINUTES)));
    }

    @Test
    void aRevokedLinkOpensNothing() {
        var link = made("{}");
        var id = shareId();
        for (int times = 0; times < 2; times++) {
            client.delete().uri("/api/recordings/{id}/shares/{share}", recording, id).exchange().expectStatus().isOk()
                    .expectBody().json("{\"success\": true}", JsonCompareMode.STRICT);
        }
        problem(open(link, "", "*/*"), 404, "share-not-found");
        shares(client).expectBody().jsonPath("$.shares[0].state").isEqualTo("revoked");
    }

    @Test
    void anExpiredOneNeither() {
        var link = made("{}");
        Gateway.app().update("UPDATE kulti_recording.share_links SET expires_at = now() - interval '1 second'"
                + " WHERE recording_id = ?", recording);
        problem(open(link, "", "*/*"), 404, "share-not-found");
        shares(client).expectBody().jsonPath("$.shares[0].state").isEqualTo("expired");
    }

    @Test
    void aLinkEndsWithItsRecording() {
        var link = made("{}");
        Gateway.app().update("DELETE FROM public.recordings WHERE id = ?", recording);
        problem(open(link, "", "*/*"), 404, "share-not-found");
        problem(shares(client), 404, "recording-not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/share/x", "/share/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "/share/%00",
            "/share/'%20OR%201=1"})
    void whatIsNoLinkOpensNothing(String path) {
        var answer = Gateway.shared().http().get().uri(URI.create(
                "http://127.0.0.1:" + Gateway.shared().port() + path)).exchange().returnResult(String.class);
        assertThat(answer.getStatus().value()).isIn(400, 404);
    }

    @Test
    void beforeTheCopyAFreshLinkOf100msIsAskedForOnItsHostsBehalf() {
        var young = Gateway.app().recording(session, "completed");
        Gateway.app().progress(young, "wanted", null, "https://files.100ms.live/f.mp4?sig=old", "-1 hour");
        var link = made(young, "{}");
        open(link, "", "*/*").expectStatus().isFound().expectHeader()
                .location("https://files.100ms.live/fresh?sig=new");
        assertThat(Gateway.processor().heardAbout(session)).singleElement()
                .asInstanceOf(InstanceOfAssertFactories.type(RecordingCommand.RefreshSource.class))
                .satisfies(refresh -> assertThat(refresh.by()).isEqualTo(new UserId(host)));
    }

    @Test
    void whereThereIsNoFilmTheReasonIsTold() {
        problem(open(made(Gateway.app().recording(session, "processing"), "{}"), "", "*/*"), 409, "not-playable-yet");
        var refused = Gateway.app().recording(session, "completed", "{\"mirror\": {\"reason\": \"noMoov\"}}");
        Gateway.app().progress(refused, "refused", null, "https://files.100ms.live/f.mp4?sig=s", "1 hour");
        problem(open(made(refused, "{}"), "", "*/*"), 409, "not-playable")
                .jsonPath("$.detail").value(String.class, detail -> assertThat(detail).contains("noMoov"));
    }

    @Test
    void onlyTheHostShares() {
        made("{}");
        var id = shareId();
        for (var who : new String[]{Tokens.of(participant), Tokens.anonymous(participant)}) {
            everyRoute(Gateway.shared().as(who), id, 403, "not-host");
        }
        for (var who : new String[]{Tokens.of(UUID.randomUUID()), Tokens.anonymous(host)}) {
            everyRoute(Gateway.shared().as(who), id, 404, "recording-not-found");
        }
        problem(client.delete().uri("/api/recordings/{id}/shares/{share}", recording, UUID.randomUUID()).exchange(),
                404, "share-not-found");
        assertThat(Gateway.app().value("SELECT count(*) FROM kulti_recording.share_links WHERE revoked_at IS NULL"
                + " AND recording_id = '" + recording + "'")).isEqualTo(1L);
    }

    @ParameterizedTest
    @CsvSource({"0, expiresInHours", "-1, expiresInHours", "2161, expiresInHours", "1.5, expiresInHours",
            "99999999999, expiresInHours", "\"24\", expiresInHours"})
    void aBadLifetimeIsNamed(String hours, String field) {
        problem(make(client, recording, "{\"expiresInHours\": %s}".formatted(hours)), 400, "invalid-request")
                .jsonPath("$.field").isEqualTo(field);
    }

    private void everyRoute(WebTestClient by, String share, int status, String type) {
        problem(make(by, recording, "{}"), status, type);
        problem(shares(by), status, type);
        problem(by.delete().uri("/api/recordings/{id}/shares/{share}", recording, share).exchange(), status, type);
    }

    private String made(String body) {
        return made(recording, body);
    }

    private String made(UUID shared, String body) {
        return body(make(client, shared, body).expectStatus().isCreated()).path("url").asString();
    }

    private static ResponseSpec make(WebTestClient by, UUID recording, String body) {
        return by.post().uri("/api/recordings/{id}/shares", recording).contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body).exchange();
    }

    private ResponseSpec shares(WebTestClient by) {
        return by.get().uri("/api/recordings/{id}/shares", recording).exchange();
    }

    private String shareId() {
        return body(shares(client)).path("shares").path(0).path("id").asString();
    }

    private static ResponseSpec open(String link, String query, String accept) {
        return Gateway.shared().http().get().uri(link + query).header("Accept", accept).exchange();
    }

    private static String tokenOf(String link) {
        assertThat(link).matches("/share/[A-Za-z0-9_-]{43}");
        return link.substring("/share/".length());
    }

    private static JsonNode body(ResponseSpec answer) {
        return JSON.readTree(answer.expectBody().returnResult().getResponseBodyContent());
    }

    private static WebTestClient.BodyContentSpec problem(ResponseSpec answer, int status, String type) {
        return answer.expectStatus().isEqualTo(status).expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody().jsonPath("$.type").isEqualTo("https://kulti.app/problems/" + type);
    }
}
