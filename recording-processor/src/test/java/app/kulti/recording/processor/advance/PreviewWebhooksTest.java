package app.kulti.recording.processor.advance;

import static app.kulti.recording.processor.advance.House.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.processor.advance.House.Message;
import app.kulti.recording.processor.advance.PreviewWebhooks.Fate;
import app.kulti.recording.processor.advance.PreviewWebhooks.Met;
import app.kulti.recording.processor.advance.PreviewWebhooks.Preview;
import app.kulti.recording.processor.advance.PreviewWebhooks.Standing;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PreviewWebhooksTest {
    private static final RecordingId ID = RecordingId.adopting("beam_id", "beam-1");

    private final House house = new House();

    @Test
    void tellsWhatWouldBecomeOfEachAndOfItsRecording() {
        var started = beam("beam.started.success", "");
        house.hears(started);
        var stopped = beam("beam.stopped.success", ",\"reason\":\"room ended\"");

        var preview = preview(started, stopped, stopped, beam("beam.recording.success", ""),
                Message.webhook("beam.failure", "not JSON"), Message.webhook("room.end.success", "{}"),
                Message.webhook("beam.started.success", "{\"data\":{}}"));

        assertThat(preview.webhooks()).isEqualTo(7);
        assertThat(preview.types()).isEqualTo(Map.of(
                "beam.started.success", Map.of(Fate.DUPLICATE, 1, Fate.UNMATCHED, 1),
                "beam.stopped.success", Map.of(Fate.APPLIED, 1, Fate.DUPLICATE, 1),
                "beam.recording.success", Map.of(Fate.SILENT, 1),
                "beam.failure", Map.of(Fate.UNREADABLE, 1),
                "room.end.success", Map.of(Fate.SILENT, 1)));
        assertThat(preview.recordings()).containsExactly(new Met(ID, House.SESSION,
                new Standing(RecordingStatus.RECORDING, 1), new Standing(RecordingStatus.PROCESSING, 2)));
    }

    @Test
    void aRecordingThatWouldBeAdoptedIsNotThereNow() {
        assertThat(preview(beam("beam.started.success", "")).recordings()).containsExactly(
                new Met(ID, House.SESSION, null, new Standing(RecordingStatus.RECORDING, 1)));
    }

    @Test
    void changesAnnouncesAndCountsNothing() {
        house.hears(beam("beam.started.success", ""));
        var recordings = Map.copyOf(house.store.recordings);
        var notes = Map.copyOf(house.store.notes);
        var said = house.events.size();

        preview(beam("beam.started.success", ""), beam("beam.stopped.success", ""));

        assertThat(house.store.recordings).isEqualTo(recordings);
        assertThat(house.store.notes).isEqualTo(notes);
        assertThat(house.events).hasSize(said);
        assertThat(house.duplicates()).isZero();
    }

    private Preview preview(Message... webhooks) {
        return new PreviewWebhooks(house.store, () -> house.now).of(Stream.of(webhooks).map(
                message -> Envelope.of(message.id(), NOON, ServiceName.OPS, (HmsWebhook) message.content())).toList())
                .blockOptional(Duration.ofSeconds(5)).orElseThrow();
    }

    private static Message beam(String type, String fields) {
        return Message.webhook(type, """
                {"type":"%s","timestamp":"2026-11-22T12:00:00Z","data":{"beam_id":"beam-1","room_id":"room-1",
                 "session_id":"hms-1"%s}}""".formatted(type, fields));
    }
}
