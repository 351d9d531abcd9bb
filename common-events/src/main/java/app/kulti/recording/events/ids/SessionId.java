package app.kulti.recording.events.ids;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** A Kulti session; 100ms knows it by its room only. */
public record SessionId(UUID value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SessionId {}

    /** Reads the canonical form; an {@link IllegalArgumentException} says that {@code text} is no UUID. */
    public static SessionId of(String text) {
        return new SessionId(UUID.fromString(text));
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
