package app.kulti.recording.events;

import app.kulti.recording.events.ids.RoomId;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/**
 * A webhook of 100ms, byte for byte. Beside the body stands only what is needed to key it; a better parser can read the body
 * again at any time.
 */
public sealed interface HmsWebhook {
    /** 100ms's event type, {@code beam.recording.success}. */
    String type();

    /** The room it is about; a webhook of some families has none. */
    @Nullable
    RoomId roomId();

    /** The recording it is about, in 100ms's words: job, beam or recording id, whichever the body has. */
    @Nullable
    String hmsRecordingId();

    /** Exactly what 100ms sent. */
    RawBody body();

    /** What keeps the webhooks of one recording in one partition: the room, else the recording, else the type. */
    default String key() {
        var room = roomId();
        if (room != null) {
            return room.value();
        }
        var recording = hmsRecordingId();
        return recording == null ? type() : recording;
    }

    /** 100ms posted it to our door. */
    @JsonTypeName("kulti.webhook.delivered.v1")
    record Delivered(String type, @Nullable RoomId roomId, @Nullable String hmsRecordingId, RawBody body)
            implements
                HmsWebhook {}

    /** It never came through the door: an operator brought it from 100ms's delivery history or from a file. */
    @JsonTypeName("kulti.webhook.recovered.v1")
    record Recovered(String type, @Nullable RoomId roomId, @Nullable String hmsRecordingId, RawBody body)
            implements
                HmsWebhook {}
}
