package app.kulti.recording.processor.ops;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.RawBody;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Webhooks as an operator has them at hand: one JSON object a line, or one array of them. Each is either
 * {@code {"id", "time", "type", "roomId", "body"}}, as a record of {@code hms.webhooks} has it, {@code body} being the exact
 * text that 100ms sent and all others optional, or simply what 100ms sent.
 */
final class RawWebhooks {
    private static final JsonMapper JSON = JsonMapper.shared();

    private RawWebhooks() {}

    /** Something is wrong with one of them; the message says which and what. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    /**
     * Reads them.
     *
     * @param now  the time of one that has none
     * @param most more are {@link Malformed}
     */
    static List<Envelope<HmsWebhook>> read(String text, Instant now, int most) {
        var start = text.stripLeading();
        var given = start.startsWith("[") ? array(start) : lines(text);
        if (given.size() > most) {
            throw new Malformed("more than %d webhooks at once; send them in parts".formatted(most));
        }
        var webhooks = new ArrayList<Envelope<HmsWebhook>>();
        for (var one : given) {
            webhooks.add(webhook(one, webhooks.size() + 1, now));
        }
        return webhooks;
    }

    private record Given(String text, JsonNode json) {}

    private static List<Given> array(String text) {
        return parse(text, "the array").valueStream().map(one -> new Given(one.toString(), one)).toList();
    }

    private static List<Given> lines(String text) {
        var lines = text.lines().filter(line -> !line.isBlank()).toList();
        var given = new ArrayList<Given>();
        for (var line : lines) {
            given.add(new Given(line, parse(line, "line " + (given.size() + 1))));
        }
        return given;
    }

    private static JsonNode parse(String text, String where) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException _) {
            throw new Malformed(where + " is not JSON");
        }
    }

    private static Envelope<HmsWebhook> webhook(Given given, int number, Instant now) {
        var json = given.json();
        if (!json.isObject()) {
            throw new Malformed("webhook %d is no JSON object".formatted(number));
        }
        var body = json.path("body").isString() ? json.path("body").stringValue() : given.text();
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var isEnvelope = json.path("body").isString();
        var said = isEnvelope ? parse(body, "the body of webhook " + number) : json;
        var type = text(json, "type") == null ? text(said, "type") : text(json, "type");
        if (type == null) {
            throw new Malformed("webhook %d has no type".formatted(number));
        }
        var room = isEnvelope && text(json, "roomId") != null
                ? text(json, "roomId")
                : text(said.path("data"), "room_id");
        var id = isEnvelope ? id(json, number) : null;
        var time = isEnvelope ? time(json, number) : null;
        return Envelope.of(id == null ? EventId.ofBody(bytes) : id, time == null ? now : time, ServiceName.OPS,
                new HmsWebhook.Delivered(type, room == null ? null : new RoomId(room), null, RawBody.of(bytes)));
    }

    private static @Nullable EventId id(JsonNode json, int number) {
        var text = text(json, "id");
        try {
            return text == null ? null : EventId.of(text);
        } catch (IllegalArgumentException _) {
            throw new Malformed("the id of webhook %d is no UUID".formatted(number));
        }
    }

    private static @Nullable Instant time(JsonNode json, int number) {
        var text = text(json, "time");
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException _) {
            throw new Malformed("the time of webhook %d is not of the form 2026-11-22T12:00:00Z".formatted(number));
        }
    }

    private static @Nullable String text(JsonNode json, String name) {
        var value = json.path(name);
        return value.isString() && !value.stringValue().isBlank() ? value.stringValue() : null;
    }
}
