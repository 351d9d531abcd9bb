package app.kulti.recording.gateway.live;

import app.kulti.recording.events.RecordingEvent;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The data of one event of a stream.
 *
 * @param type      what has happened; {@code present}: nothing new, this is how it is
 * @param recording how it is since then
 * @param stopsAt   when it will be stopped, having reached its maximum duration
 * @param expiresAt when retention deletes it
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LiveEvent(String type, LiveRecording recording, @Nullable Instant stopsAt, @Nullable Instant expiresAt) {

    static LiveEvent present(LiveRecording recording) {
        return new LiveEvent("present", recording, null, null);
    }

    static LiveEvent of(RecordingEvent.OfRecording event) {
        var recording = LiveRecording.of(event.state());
        return switch (event) {
            case RecordingEvent.Started _ -> new LiveEvent("started", recording, null, null);
            case RecordingEvent.Stopped _ -> new LiveEvent("stopped", recording, null, null);
            case RecordingEvent.Completed _ -> new LiveEvent("completed", recording, null, null);
            case RecordingEvent.Failed _ -> new LiveEvent("failed", recording, null, null);
            case RecordingEvent.Changed _ -> new LiveEvent("changed", recording, null, null);
            case RecordingEvent.Announced _ -> present(recording);
            case RecordingEvent.LimitNears nears -> new LiveEvent("limit_nears", recording, nears.stopsAt(), null);
            case RecordingEvent.ExpiryNears nears -> new LiveEvent("expiry_nears", recording, null, nears.expiresAt());
            case RecordingEvent.Deleted _ -> new LiveEvent("deleted", recording, null, null);
        };
    }
}
