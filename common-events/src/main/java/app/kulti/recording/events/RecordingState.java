package app.kulti.recording.events;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All there is to know of a recording as of its {@code revision}. Readers act on this and not on the name of the event that
 * carries it; a view that shows states drops an older revision than the one it has.
 *
 * @param revision       grows by one with every applied change; a tombstone goes on counting
 * @param hmsRecordingId 100ms's id of the recording, as the API and the row show it
 * @param startedAt      when 100ms began to record, by its own clock; its {@code created_at} until that is known
 * @param endedAt        when it stopped
 * @param source         the file at 100ms, once there is one
 * @param copy           the verified copy, once there is one
 * @param wanted         what the mirror shall do
 * @param failure        why it failed, in 100ms's own word ({@code UPLOAD_ERROR}); kept beside a later success
 * @param stopReason     why it ended, in 100ms's own words
 * @param kept           exempt from retention
 * @param deleted        it is a tombstone: the row is gone
 */
public record RecordingState(RecordingId recordingId, SessionId sessionId, @Nullable RoomId roomId, long revision,
        RecordingStatus status, String hmsRecordingId, @Nullable Instant startedAt, @Nullable Instant endedAt,
        @Nullable RecordingSource source, @Nullable RecordingCopy copy, MirrorWish wanted, @Nullable String failure,
        @Nullable String stopReason, boolean kept, boolean deleted) {

    /** Where the copy lies, or will lie, in the bucket: ids only, so that no title ever becomes a path. */
    public String objectKey() {
        return sessionId + "/" + recordingId + ".mp4";
    }
}
