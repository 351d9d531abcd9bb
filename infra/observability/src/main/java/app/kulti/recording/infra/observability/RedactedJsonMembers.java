package app.kulti.recording.infra.observability;

import org.springframework.boot.json.JsonWriter.Members;
import org.springframework.boot.json.JsonWriter.ValueProcessor;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;

/** JSON lines without secrets, for Boot's structured logging, which finds it by {@code spring.factories}. */
public final class RedactedJsonMembers implements StructuredLoggingJsonMembersCustomizer<Object> {
    @Override
    public void customize(Members<Object> members) {
        members.applyingValueProcessor(
                ValueProcessor.of(String.class, text -> text == null ? null : Redaction.redact(text)));
    }
}
