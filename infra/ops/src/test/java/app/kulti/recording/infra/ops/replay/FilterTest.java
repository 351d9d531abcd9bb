package app.kulti.recording.infra.ops.replay;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.OperatorAction.Selection;
import app.kulti.recording.events.RawBody;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.infra.ops.postgres.Recordings.Names;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final RecordingId RECORDING = RecordingId.adopting("job_id", "j1");

    @ParameterizedTest
    @CsvSource({"beam.*, beam.recording.success, true", "beam.*, recording.success, false",
            "recording.success, recording.success, true", "recording.success, beam.recording.success, false",
            "*.success, hls.recording.success, true", "beam.started.success, beamXstarted.success, false"})
    void typesAreNamedOrBegun(String wanted, String type, boolean meant) {
        var filter = new Filter(selection(List.of(wanted), null, null), null);
        assertThat(filter.test(webhook(type, "r1", "{}"))).isEqualTo(meant);
    }

    @Test
    void theWindowIsThatOfTheirOwnTimeWithoutItsEnd() {
        var filter = new Filter(selection(List.of(), null, null), null);
        assertThat(filter.test(at(NOON.minusMillis(1)))).isFalse();
        assertThat(filter.test(at(NOON))).isTrue();
        assertThat(filter.test(at(NOON.plusSeconds(59)))).isTrue();
        assertThat(filter.test(at(NOON.plusSeconds(60)))).isFalse();
    }

    @Test
    void aReplayIsNeverReplayedAgainButWhatWasRecoveredIs() {
        var filter = new Filter(selection(List.of(), null, null), null);
        var delivered = webhook("beam.started.success", "r1", "{}");
        var replay = new Envelope.Replay("ada", "the door was shut");
        assertThat(filter.test(delivered)).isTrue();
        assertThat(filter.test(new Envelope<>(delivered.id(), NOON, ServiceName.INGEST, delivered.message(), replay,
                null))).isFalse();
        assertThat(filter.test(new Envelope<>(delivered.id(), NOON, ServiceName.OPS, new HmsWebhook.Recovered(
                "beam.started.success", new RoomId("r1"), null, delivered.message().body()), replay, null))).isTrue();
    }

    @Test
    void aRoomIsARoom() {
        var filter = new Filter(selection(List.of(), new RoomId("r1"), null), null);
        assertThat(filter.test(webhook("beam.started.success", "r1", "{}"))).isTrue();
        assertThat(filter.test(webhook("beam.started.success", "r2", "{}"))).isFalse();
    }

    @Test
    void ofARecordingIsWhatNamesItAndWhatNamesNoneInItsSession() {
        var filter = new Filter(selection(List.of(), null, RECORDING),
                new Names(List.of("r1"), List.of("j1", "b1"), List.of("s1")));
        assertThat(filter.test(webhook("beam.started.success", "r1", "{\"job_id\":\"j1\"}"))).isTrue();
        assertThat(filter.test(webhook("beam.recording.success", "r1", "{\"beam_id\":\"b1\",\"recording_id\":\"x\"}")))
                .isTrue();
        assertThat(filter.test(webhook("beam.started.success", "r1", "{\"job_id\":\"j2\",\"session_id\":\"s1\"}")))
                .isFalse();
        assertThat(filter.test(webhook("recording.success", "r1", "{\"session_id\":\"s1\"}"))).isTrue();
        assertThat(filter.test(webhook("recording.success", "r1", "{\"session_id\":\"s2\"}"))).isFalse();
        assertThat(filter.test(webhook("beam.started.success", "r2", "{\"job_id\":\"j1\"}"))).isFalse();
    }

    private static Selection selection(List<String> types, @Nullable RoomId room, @Nullable RecordingId recording) {
        return new Selection(NOON, NOON.plusSeconds(60), types, room, null, recording);
    }

    private static Envelope<HmsWebhook> at(Instant time) {
        var webhook = webhook("beam.started.success", "r1", "{}");
        return new Envelope<>(webhook.id(), time, ServiceName.INGEST, webhook.message(), null, null);
    }

    private static Envelope<HmsWebhook> webhook(String type, String room, String data) {
        var body = "{\"type\":\"%s\",\"data\":%s}".formatted(type, data).getBytes(StandardCharsets.UTF_8);
        return Envelope.of(EventId.ofBody(body), NOON, ServiceName.INGEST,
                new HmsWebhook.Delivered(type, new RoomId(room), null, RawBody.of(body)));
    }
}
