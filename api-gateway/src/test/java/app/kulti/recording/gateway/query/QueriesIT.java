package app.kulti.recording.gateway.query;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.gateway.Gateway;
import app.kulti.recording.gateway.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient;

/** What hosts and participants see of their recordings. */
class QueriesIT {
    private final UUID host = UUID.randomUUID();
    private final UUID participant = UUID.randomUUID();
    private final UUID session = Gateway.app().session("Yoga", host, participant);
    private final WebTestClient client = Gateway.shared().as(Tokens.of(host));

    @Test
    void whoHasNoneGetsAnEmptyList() {
        get("/api/recordings/list").json("""
                {"recordings": [], "pagination": {"limit": 20, "offset": 0, "total": 0, "hasMore": false}}""",
                JsonCompareMode.STRICT);
    }

    @Test
    void aListIsAsTheProductSpecHasIt() {
        var recording = Gateway.app().recording(session, "completed",
                "{\"size\": 1000, \"resolution\": \"1280x720\", \"nested\": {\"a\": [1, null]}}");
        Gateway.app().progress(recording, "copying", 250L, "https://files.100ms.live/f.mp4?sig=s", "1 hour");
        Gateway.app().update("UPDATE public.recordings SET created_at = '2026-01-16T10:00:00Z' WHERE id = ?",
                recording);

        get("/api/recordings/list").json("""
                {"recordings": [{
                   "id": "%s", "session_id": "%s", "hms_recording_id": "hms-%s",
                   "recording_url": "https://files.100ms.live/f.mp4?sig=s", "duration": 5400, "status": "completed",
                   "metadata": {"size": 1000, "resolution": "1280x720", "nested": {"a": [1, null]}},
                   "created_at": "2026-01-16T10:00:00Z",
                   "mirror": {"state": "copying", "progress": 0.25}, "stop_reason": "client request",
                   "expires_at": "2026-04-16T10:00:00Z",
                   "sessions": {"id": "%s", "title": "Yoga", "host_id": "%s"}}],
                 "pagination": {"limit": 20, "offset": 0, "total": 1, "hasMore": false}}"""
                .formatted(recording, session, recording, session, host), JsonCompareMode.STRICT);
    }

    @Test
    void pagesAreTheNewestFirstAndKnowWhetherThereIsMore() {
        var newestFirst = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            newestFirst.addFirst(Gateway.app().recording(session, "completed").toString());
        }
        var listed = new ArrayList<String>();
        for (int offset = 0; offset < 6; offset += 2) {
            get("/api/recordings/list?limit=2&offset=" + offset).jsonPath("$.pagination.total").isEqualTo(5)
                    .jsonPath("$.pagination.limit").isEqualTo(2).jsonPath("$.pagination.offset").isEqualTo(offset)
                    .jsonPath("$.pagination.hasMore").isEqualTo(offset < 4)
                    .jsonPath("$.recordings[*].id")
                    .value(List.class,
                            page -> ((List<?>) page).forEach(id -> listed.add(String.valueOf(id))));
        }
        assertThat(listed).isEqualTo(newestFirst);
        get("/api/recordings/list?offset=99").jsonPath("$.recordings.length()").isEqualTo(0)
                .jsonPath("$.pagination.total").isEqualTo(5).jsonPath("$.pagination.hasMore").isEqualTo(false);
    }

    @Test
    void theyCanBeNarrowedDown() {
        var other = Gateway.app().session("Pilates", host);
        var recording = Gateway.app().recording(session, "recording");
        Gateway.app().recording(session, "failed");
        Gateway.app().recording(other, "recording");

        get("/api/recordings/list").jsonPath("$.pagination.total").isEqualTo(3);
        get("/api/recordings/list?status=recording").jsonPath("$.pagination.total").isEqualTo(2);
        get("/api/recordings/list?sessionId=" + other).jsonPath("$.pagination.total").isEqualTo(1);
        get("/api/recordings/list?status=recording&sessionId=" + session).jsonPath("$.pagination.total").isEqualTo(1)
                .jsonPath("$.recordings[0].id").isEqualTo(recording.toString());
        get("/api/recordings/list?sessionId=" + UUID.randomUUID()).jsonPath("$.pagination.total").isEqualTo(0);
        get("/api/recordings/list?colour=red").jsonPath("$.pagination.total").isEqualTo(3);
    }

    @Test
    void whatExpiresSoonCanBeAskedFor() {
        var soon = Gateway.app().recording(session, "completed");
        var kept = Gateway.app().recording(session, "completed");
        Gateway.app().recording(session, "completed");
        for (var old : List.of(soon, kept)) {
            Gateway.app().update("UPDATE public.recordings SET created_at = now() - interval '84 days' WHERE id = ?",
                    old);
            Gateway.app().progress(old, "none", null, null, "0");
        }
        Gateway.app().update("UPDATE kulti_recording.recording_progress SET kept = true WHERE recording_id = ?", kept);

        get("/api/recordings/list?expiring=true").jsonPath("$.pagination.total").isEqualTo(1)
                .jsonPath("$.recordings[0].id").isEqualTo(soon.toString());
        get("/api/recordings/list?expiring=false").jsonPath("$.pagination.total").isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"limit=0, limit", "limit=101, limit", "limit=-1, limit", "limit=ten, limit", "limit=1.5, limit",
            "limit=99999999999, limit", "offset=-1, offset", "offset=x, offset", "status=done, status",
            "status=RECORDING, status", "status=0, status", "sessionId=1-1-1-1-1, sessionId", "sessionId=x, sessionId",
            "expiring=perhaps, expiring"})
    void aBadValueIsNamed(String query, String field) {
        client.get().uri("/api/recordings/list?" + query).exchange().expectStatus().isBadRequest()
                .expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody().jsonPath("$.field").isEqualTo(field)
                .jsonPath("$.detail").value(String.class, detail -> assertThat(detail).startsWith(field + " "));
    }

    @Test
    void oneRecordingNamesItsHost() {
        var recording = Gateway.app().recording(session, "processing");
        get("/api/recordings/" + recording).jsonPath("$.recording.id").isEqualTo(recording.toString())
                .jsonPath("$.recording.status").isEqualTo("processing")
                .jsonPath("$.recording.recording_url").isEqualTo(null)
                .jsonPath("$.recording.mirror.state").isEqualTo("none")
                .jsonPath("$.recording.sessions.host_id").isEqualTo(host.toString())
                .jsonPath("$.recording.sessions.title").isEqualTo("Yoga");
    }

    @Test
    void aMirroredOneHasASignedLink() {
        var recording = Gateway.app().mirrored(session);
        get("/api/recordings/" + recording).jsonPath("$.recording.recording_url").value(String.class,
                url -> assertThat(url).startsWith("https://storage.test/storage/v1/s3/recordings/%s/%s.mp4?"
                        .formatted(session, recording))
                        // Twice the film, and the five minutes for which it is held.
                        .contains("X-Amz-Expires=11100", "X-Amz-Signature="))
                .jsonPath("$.recording.mirror").isEqualTo(Map.of("state", "verified", "progress", 1.0));
    }

    @Test
    void a100msLinkThatHasEndedIsNotShown() {
        var recording = Gateway.app().recording(session, "completed");
        Gateway.app().progress(recording, "wanted", null, "https://files.100ms.live/f.mp4?sig=s", "-1 minute");
        get("/api/recordings/" + recording).jsonPath("$.recording.recording_url").isEqualTo(null);
    }

    @Test
    void whatIsKeptDoesNotExpire() {
        var recording = Gateway.app().mirrored(session);
        Gateway.app().progress(recording, "verified", 4096L, null, "0");
        Gateway.app().update("UPDATE kulti_recording.recording_progress SET kept = true WHERE recording_id = ?",
                recording);
        get("/api/recordings/" + recording).jsonPath("$.recording.expires_at").isEqualTo(null);
    }

    @Test
    void theIndicatorAsksWhatRecordsNow() {
        get("/api/recordings/active?sessionId=" + session).json("{\"recording\": null}", JsonCompareMode.STRICT);
        Gateway.app().recording(session, "completed");
        var recording = Gateway.app().recording(session, "recording");
        get("/api/recordings/active?sessionId=" + session).jsonPath("$.recording.id").isEqualTo(recording.toString());
        Gateway.shared().as(Tokens.of(UUID.randomUUID())).get().uri("/api/recordings/active?sessionId=" + session)
                .exchange().expectBody().json("{\"recording\": null}", JsonCompareMode.STRICT);
        client.get().uri("/api/recordings/active").exchange().expectStatus().isBadRequest().expectBody()
                .jsonPath("$.field").isEqualTo("sessionId");
    }

    @Test
    void aRecordingIsSeenAlsoByWhomTheAppDoesNotShowItsSession() {
        var recording = Gateway.app().recording(session, "completed");
        Gateway.app().update("CREATE POLICY hidden_%1$s ON public.sessions AS RESTRICTIVE FOR SELECT TO authenticated"
                .formatted(session.toString().replace("-", "")) + " USING (id <> '" + session + "')");
        Gateway.shared().as(Tokens.of(participant)).get().uri("/api/recordings/" + recording).exchange()
                .expectStatus().isOk().expectBody().jsonPath("$.recording.sessions.id").isEqualTo(session.toString())
                .jsonPath("$.recording.sessions.title").isEqualTo(null);
    }

    private WebTestClient.BodyContentSpec get(String path) {
        return client.get().uri(path).exchange().expectStatus().isOk()
                .expectHeader().valueEquals("Cache-Control", "private, no-store").expectBody();
    }
}
