package app.kulti.recording.gateway.query;

import app.kulti.recording.gateway.Gateway;
import app.kulti.recording.gateway.Tokens;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** A recording's history, as its people read it. */
class TimelineIT {
    private final UUID host = UUID.randomUUID();
    private final UUID participant = UUID.randomUUID();
    private final UUID recording = Gateway.app()
            .recording(Gateway.app().session("Yoga", host, participant), "completed");

    @Test
    void whatHappenedIsToldInOrderWithItsSource() {
        happened("hms.webhooks", "beam.recording.success", "2026-01-16T10:05Z", "2026-01-16T10:06Z", "applied", null);
        happened("recording.commands", "kulti.command.start.v1", null, "2026-01-16T10:00Z", "applied", null);
        happened("mirror.reports", "kulti.mirror.verified.v1", null, "2026-01-16T10:07Z", "refused", "too old");
        happened("recording.findings", "kulti.finding.looked.v1", null, "2026-01-16T10:04Z", "applied", null);
        happened("hms.webhooks", "brand.new", null, "2026-01-16T10:08Z", "applied", null);

        for (var user : new UUID[]{host, participant}) {
            timeline(Tokens.of(user)).expectStatus().isOk().expectBody().json("""
                    {"timeline": [
                      {"at": "2026-01-16T10:00:00Z", "source": "user", "text": "The host asked for the recording.",
                       "decision": "applied", "reason": null, "type": "kulti.command.start.v1"},
                      {"at": "2026-01-16T10:04:00Z", "source": "system",
                       "text": "We looked at 100ms how the recording is.",
                       "decision": "applied", "reason": null, "type": "kulti.finding.looked.v1"},
                      {"at": "2026-01-16T10:05:00Z", "source": "100ms", "text": "100ms delivered the film.",
                       "decision": "applied", "reason": null, "type": "beam.recording.success"},
                      {"at": "2026-01-16T10:07:00Z", "source": "storage",
                       "text": "The copy in our storage is complete and was checked.",
                       "decision": "refused", "reason": "too old", "type": "kulti.mirror.verified.v1"},
                      {"at": "2026-01-16T10:08:00Z", "source": "100ms",
                       "text": "Something else was reported: brand new.",
                       "decision": "applied", "reason": null, "type": "brand.new"}]}""", JsonCompareMode.STRICT);
        }
    }

    @Test
    void oneWithoutAHistoryIsThereAllTheSame() {
        timeline(Tokens.of(host)).expectStatus().isOk().expectBody().json("{\"timeline\": []}", JsonCompareMode.STRICT);
    }

    @Test
    void aStrangerDoesNotLearnThatItExists() {
        timeline(Tokens.of(UUID.randomUUID())).expectStatus().isNotFound()
                .expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON).expectBody()
                .jsonPath("$.type").isEqualTo("https://kulti.app/problems/recording-not-found");
    }

    private void happened(String topic, String type, @Nullable String occurred, String decided, String decision,
            @Nullable String reason) {
        Gateway.app()
                .update("INSERT INTO kulti_recording.recording_history (recording_id, event_id, type, source_topic,"
                        + " source_partition, source_offset, occurred_at, decided_at, decision, reason)"
                        + " VALUES (?, gen_random_uuid(), ?, ?, 0, 0, ?::timestamptz, ?::timestamptz, ?, ?)", recording,
                        type,
                        topic, occurred, decided, decision, reason);
    }

    private ResponseSpec timeline(String token) {
        return Gateway.shared().as(token).get().uri("/api/recordings/{id}/timeline", recording).exchange();
    }
}
