package app.kulti.recording.gateway.sharing;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names a share link to its host; opens nothing. */
public record ShareId(UUID value) {
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
