package app.kulti.recording.gateway.live;

import app.kulti.recording.events.RecordingState;
import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A recording as an event stream shows it: the same names as in the list, but only what follows from the recording itself. No
 * address: a link is signed when it is asked for.
 *
 * @param revision  of what is shown; a view drops an older one than it has
 * @param duration  seconds
 * @param mirrored  whether our verified copy exists
 * @param deleted   it is gone; then only ids and revision are shown beside
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LiveRecording(RecordingId id, SessionId sessionId, long revision, boolean deleted,
        @Nullable RecordingStatus status, @Nullable String hmsRecordingId, @Nullable Instant startedAt,
        @Nullable Instant endedAt, @Nullable Long duration, @Nullable Boolean mirrored, @Nullable String stopReason,
        @Nullable Boolean kept) {

    /** A recording that is gone. */
    public static LiveRecording gone(RecordingId id, SessionId session, long revision) {
        return new LiveRecording(id, session, revision, true, null, null, null, null, null, null, null, null);
    }

    static LiveRecording of(RecordingState state) {
        if (state.deleted()) {
            return gone(state.recordingId(), state.sessionId(), state.revision());
        }
        var source = state.source();
        return new LiveRecording(state.recordingId(), state.sessionId(), state.revision(), false, state.status(),
                state.hmsRecordingId(), state.startedAt(), state.endedAt(),
                source == null ? null : source.durationSeconds(), state.copy() != null, state.stopReason(),
                state.kept());
    }
}
