package app.kulti.recording.gateway.live;

import app.kulti.recording.events.RecordingEvent;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
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
public record LiveEvent(Type type, LiveRecording recording, @Nullable Instant stopsAt, @Nullable Instant expiresAt) {

    /** What has happened. */
    public enum Type {
        @JsonProperty("present")
        PRESENT,

        @JsonProperty("started")
        STARTED,

        @JsonProperty("stopped")
        STOPPED,

        @JsonProperty("completed")
        COMPLETED,

        @JsonProperty("failed")
        FAILED,

        @JsonProperty("changed")
        CHANGED,

        @JsonProperty("limit_nears")
        LIMIT_NEARS,

        @JsonProperty("expiry_nears")
        EXPIRY_NEARS,

        @JsonProperty("deleted")
        DELETED
    }

    static LiveEvent present(LiveRecording recording) {
        return new LiveEvent(Type.PRESENT, recording, null, null);
    }

    static LiveEvent of(RecordingEvent.OfRecording event) {
        var recording = LiveRecording.of(event.state());
        return switch (event) {
            case RecordingEvent.Started _ -> new LiveEvent(Type.STARTED, recording, null, null);
            case RecordingEvent.Stopped _ -> new LiveEvent(Type.STOPPED, recording, null, null);
            case RecordingEvent.Completed _ -> new LiveEvent(Type.COMPLETED, recording, null, null);
            case RecordingEvent.Failed _ -> new LiveEvent(Type.FAILED, recording, null, null);
            case RecordingEvent.Changed _ -> new LiveEvent(Type.CHANGED, recording, null, null);
            case RecordingEvent.Announced _ -> present(recording);
            case RecordingEvent.LimitNears nears -> new LiveEvent(Type.LIMIT_NEARS, recording, nears.stopsAt(), null);
            case RecordingEvent.ExpiryNears nears ->
                new LiveEvent(Type.EXPIRY_NEARS, recording, null, nears.expiresAt());
            case RecordingEvent.Deleted _ -> new LiveEvent(Type.DELETED, recording, null, null);
        };
    }
}
