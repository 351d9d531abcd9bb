package app.kulti.recording.infra.ops.replay;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.RawBody;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.infra.ops.hms.HmsDelivery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MissingTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final HmsDelivery STARTED = delivery("beam.started.success", "s1", "p1");
    private static final HmsDelivery OTHER = delivery("beam.started.success", "s1", "p2");

    @Test
    void whatAgreesWithAllThatIsShownIsHere() {
        var missing = new Missing(List.of(STARTED, OTHER));
        missing.isHere(webhook("beam.started.success", "r1", "{\"session_id\":\"s1\",\"peer_id\":\"p1\",\"x\":1}"));
        assertThat(missing.webhooks()).containsExactly(OTHER);
    }

    @Test
    void anotherTypeOrRoomIsAnotherWebhook() {
        var missing = new Missing(List.of(STARTED));
        missing.isHere(webhook("beam.stopped.success", "r1", "{\"session_id\":\"s1\",\"peer_id\":\"p1\"}"));
        missing.isHere(webhook("beam.started.success", "r2", "{\"session_id\":\"s1\",\"peer_id\":\"p1\"}"));
        assertThat(missing.webhooks()).containsExactly(STARTED);
    }

    @Test
    void anEventThatWasTriedSeveralTimesIsMissingOnce() {
        assertThat(new Missing(List.of(STARTED, STARTED, STARTED)).webhooks()).hasSize(1);
    }

    @Test
    void whatTheDoorLetsGoIsNotMissed() {
        assertThat(new Missing(List.of(delivery("peer.join.success", "s1", "p1"),
                delivery("session.open.success", "s1", "p1"))).webhooks()).isEmpty();
    }

    private static HmsDelivery delivery(String type, String session, String peer) {
        return new HmsDelivery(type, "r1", NOON, Map.of("session_id", session, "peer_id", peer), false);
    }

    private static HmsWebhook webhook(String type, String room, String data) {
        return new HmsWebhook.Delivered(type, new RoomId(room), null, RawBody.of(
                "{\"type\":\"%s\",\"data\":%s}".formatted(type, data).getBytes(StandardCharsets.UTF_8)));
    }
}
