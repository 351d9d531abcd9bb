package app.kulti.recording.ingest.intake;

import app.kulti.recording.events.ids.RoomId;
import org.jspecify.annotations.Nullable;

/**
 * The little of a webhook that its record needs.
 *
 * @param type           100ms's event type
 * @param roomId         the room, when the body names one
 * @param hmsRecordingId job, beam or recording id, the first that the body has
 */
record ReadWebhook(String type, @Nullable RoomId roomId, @Nullable String hmsRecordingId) {
    /** {@code peer} of {@code peer.join.success}: what 100ms calls the thing that the event is about. */
    String family() {
        var dot = type.indexOf('.');
        return dot < 0 ? type : type.substring(0, dot);
    }
}
