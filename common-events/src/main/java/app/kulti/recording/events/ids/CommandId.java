package app.kulti.recording.events.ids;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** One wish of one user; a retry with the same idempotency key carries the same id. */
public record CommandId(UUID value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CommandId {}

    /** Reads the canonical form; an {@link IllegalArgumentException} says that {@code text} is no UUID. */
    public static CommandId of(String text) {
        return new CommandId(UUID.fromString(text));
    }

    /** The id of the command that {@code user} sends to {@code route} under {@code idempotencyKey}, on any copy of the gateway. */
    public static CommandId of(UserId user, String route, String idempotencyKey) {
        return new CommandId(NameBased.uuid("command", user.toString(), route, idempotencyKey));
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
