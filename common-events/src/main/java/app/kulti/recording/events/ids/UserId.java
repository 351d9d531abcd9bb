package app.kulti.recording.events.ids;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** A Kulti user: the {@code sub} of the Supabase token. */
public record UserId(UUID value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public UserId {}

    /** Reads the canonical form; an {@link IllegalArgumentException} says that {@code text} is no UUID. */
    public static UserId of(String text) {
        return new UserId(UUID.fromString(text));
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
