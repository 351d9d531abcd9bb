package app.kulti.recording.gateway.query;

import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.gateway.playback.RecordingFile;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A recording that the caller may see.
 *
 * @param title    the session's; absent where the app does not show the session itself to the caller
 * @param host     the session's; likewise
 * @param duration seconds
 * @param metadata the row's, as it is
 * @param kept     exempt from retention
 */
public record Recording(RecordingId id, SessionId session, @Nullable String title, @Nullable UserId host,
        String hmsRecordingId, RecordingStatus status, @Nullable Integer duration, JsonNode metadata,
        Instant createdAt, RecordingFile file, Mirror mirror, @Nullable String stopReason, boolean kept) {

    /**
     * How far the copy is.
     *
     * @param state    {@code none, wanted, copying, verified, refused}
     * @param progress from 0 to 1; absent when it is not known
     */
    public record Mirror(String state, @Nullable Double progress) {
        /** Nothing is known of a copy. */
        public static final Mirror NONE = new Mirror("none", null);
    }
}
