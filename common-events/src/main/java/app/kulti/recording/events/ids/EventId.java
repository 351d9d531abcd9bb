package app.kulti.recording.events.ids;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** One record on a topic, the same in every copy and replay of it ({@code ce_id}). */
public record EventId(UUID value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public EventId {}

    /** Reads the canonical form; an {@link IllegalArgumentException} says that {@code text} is no UUID. */
    public static EventId of(String text) {
        return new EventId(UUID.fromString(text));
    }

    /** The id of a webhook, which has no dependable one of its own: equal bytes are the same event. */
    public static EventId ofBody(byte[] body) {
        return new EventId(NameBased.uuid(body));
    }

    /** The id of something said about {@code subject}: the same words give the same id. */
    public static EventId of(String kind, String subject, String occasion) {
        return new EventId(NameBased.uuid("event", kind, subject, occasion));
    }

    /** The record that carries {@code command} has the command's own id. */
    public static EventId of(CommandId command) {
        return new EventId(command.value());
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
