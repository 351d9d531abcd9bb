package app.kulti.recording.gateway.query;

import app.kulti.recording.gateway.Gateway;
import app.kulti.recording.gateway.Tokens;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;

/** What a host's recordings add up to; each is 90 minutes long. */
class StatsIT {
    private static final String NOTHING = """
            {"total": 0, "byStatus": {"recording": 0, "processing": 0, "failed": 0, "completed": 0},
             "minutes": 0.0, "bytes": 0, "successRate": null,
             "estimatedCost": {"currency": "USD", "recording": 0.00, "storagePerMonth": 0.00, "transfer": 0.00}}""";

    private final UUID host = UUID.randomUUID();
    private final UUID participant = UUID.randomUUID();

    @Test
    void aHostSeesSumsOfWhatTheyHost() {
        var ofTwo = Gateway.app().session("Yoga", host, participant);
        Gateway.app().update(
                "INSERT INTO public.session_participants (session_id, user_id, role) VALUES (?, ?, 'host')",
                ofTwo, host);
        Gateway.app().recording(ofTwo, "completed", "{\"size\": 40000000000, \"storage\": \"supabase\"}");
        Gateway.app().recording(ofTwo, "completed", "{\"size\": \"from an earlier life\"}");
        var alone = Gateway.app().session("Pilates", host);
        Gateway.app().recording(alone, "failed");
        Gateway.app().recording(Gateway.app().session("Somebody else's", UUID.randomUUID(), host), "completed");

        stats(Tokens.of(host)).json("""
                {"total": 3, "byStatus": {"recording": 0, "processing": 0, "failed": 1, "completed": 2},
                 "minutes": 270.0, "bytes": 40000000000, "successRate": 0.6667,
                 "estimatedCost": {"currency": "USD", "recording": 1.80, "storagePerMonth": 1.00, "transfer": 3.20}}""",
                JsonCompareMode.STRICT);
    }

    @Test
    void whoHostsNothingHasNoSums() {
        Gateway.app().recording(Gateway.app().session("Yoga", host, participant), "completed");
        stats(Tokens.of(participant)).json(NOTHING, JsonCompareMode.STRICT);
        stats(Tokens.anonymous(host)).json(NOTHING, JsonCompareMode.STRICT);
    }

    private static BodyContentSpec stats(String token) {
        return Gateway.shared().as(token).get().uri("/api/recordings/stats").exchange().expectStatus().isOk()
                .expectBody();
    }
}
