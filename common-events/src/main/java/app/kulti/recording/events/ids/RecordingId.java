package app.kulti.recording.events.ids;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** A recording of ours, from the click that asked for it to its tombstone. */
public record RecordingId(UUID value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RecordingId {}

    /** Reads the canonical form; an {@link IllegalArgumentException} says that {@code text} is no UUID. */
    public static RecordingId of(String text) {
        return new RecordingId(UUID.fromString(text));
    }

    /** The id of the recording that {@code start} asks for: a retry of the same command means the same recording. */
    public static RecordingId startedBy(CommandId start) {
        return new RecordingId(NameBased.uuid("recording", start.toString()));
    }

    /** The id of a recording that nobody here started, so that every copy and every replay adopts it under one id. */
    public static RecordingId adopting(String kind, String outsideId) {
        return new RecordingId(NameBased.uuid("adopted", kind, outsideId));
    }

    @JsonValue
    @Override
    public UUID value() {
        return value;
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
