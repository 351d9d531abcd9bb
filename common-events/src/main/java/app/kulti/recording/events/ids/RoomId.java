package app.kulti.recording.events.ids;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A 100ms room; its ids are 100ms's own, so nothing but "not blank" is asked of them. */
public record RoomId(String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RoomId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a room id must not be blank");
        }
    }

    @JsonValue
    @Override
    public String value() {
        return value;
    }

    @Override
    public String toString() {
        return value;
    }
}
