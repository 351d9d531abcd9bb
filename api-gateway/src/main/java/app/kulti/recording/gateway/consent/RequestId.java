package app.kulti.recording.gateway.consent;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** A request that a recording be deleted. */
public record RequestId(UUID value) {
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
