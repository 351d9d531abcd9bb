package app.kulti.recording.processor.translation;

import app.kulti.recording.events.RawBody;
import app.kulti.recording.events.SignedUrl;
import app.kulti.recording.events.wire.UnreadableMessage;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A webhook's JSON, read leniently: a field of the wrong kind is a field that is not there, for 100ms owes us no schema.
 *
 * @param root the envelope
 * @param data what it holds; the envelope itself where there is none
 */
record Body(JsonNode root, JsonNode data) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Throws {@link UnreadableMessage} when the body is no JSON object. */
    static Body of(RawBody raw) {
        JsonNode root;
        try {
            root = JSON.readTree(raw.bytes());
        } catch (JacksonException _) {
            // Jackson's words, and with them the cause, would quote the body.
            throw new UnreadableMessage("the webhook's body is not JSON");
        }
        if (!root.isObject()) {
            throw new UnreadableMessage("the webhook's body is no JSON object");
        }
        var data = root.path("data");
        return new Body(root, data.isObject() ? data : root);
    }

    /** The same envelope around another part of it. */
    Body within(JsonNode part) {
        return new Body(root, part);
    }

    /** The first of the fields that is a text and not blank. */
    @Nullable
    String text(String... names) {
        for (var name : names) {
            var value = data.path(name);
            if (value.isString() && !value.stringValue().isBlank()) {
                return value.stringValue();
            }
        }
        return null;
    }

    @Nullable
    Long number(String name) {
        var value = data.path(name);
        return value.isNumber() && value.doubleValue() >= 0 ? Math.round(value.doubleValue()) : null;
    }

    boolean isFalse(String name) {
        var value = data.path(name);
        return value.isBoolean() && !value.booleanValue();
    }

    boolean isVersion(String version) {
        return root.path("version").asString("").equals(version);
    }

    @Nullable
    Instant time(String name) {
        return time(data.path(name));
    }

    /** 100ms's own time of the message: exact where it is given, else to the second. */
    @Nullable
    Instant at() {
        var exact = time("metadata_timestamp");
        return exact != null ? exact : time(root.path("timestamp"));
    }

    private static @Nullable Instant time(JsonNode value) {
        if (!value.isString()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(value.stringValue()).toInstant();
        } catch (DateTimeException _) {
            return null;
        }
    }

    /** The first of the fields that is a web address; some of them hold one of a bucket at times. */
    @Nullable
    SignedUrl url(String... names) {
        for (var name : names) {
            var text = text(name);
            if (text != null && (text.startsWith("https://") || text.startsWith("http://"))) {
                try {
                    return new SignedUrl(new URI(text));
                } catch (URISyntaxException _) {
                    // Nobody can read a file from there; the next field may do.
                }
            }
        }
        return null;
    }
}
