package app.kulti.recording.ingest.intake;

import app.kulti.recording.events.ids.RoomId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads type, room and ids of a webhook and nothing else, but makes sure that all of it is JSON: what lies on the topic can be
 * read by whoever comes later. Of a name that stands there twice the last counts, as it does for JSON readers at large.
 */
final class WebhookReader {
    private static final int DEEPEST_NESTING = 64;
    private static final int LONGEST_ID = 200;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST_NESTING).build()).build();

    private WebhookReader() {}

    /**
     * Reads {@code body}.
     *
     * @throws Refusal when it is not a JSON object with a type, saying what it lacks without quoting it
     */
    static ReadWebhook read(byte[] body) {
        requireUtf8(body);
        try (var json = JSON.createParser(ObjectReadContext.empty(), body)) {
            return read(json);
        } catch (StreamConstraintsException _) {
            throw Refusal.malformed("the JSON is nested deeper than %d levels or has a number or name that is too long"
                    .formatted(DEEPEST_NESTING));
        } catch (JacksonException e) {
            var place = e.getLocation();
            throw Refusal.malformed(place == null
                    ? "the body is not well-formed JSON"
                    : "the body is not well-formed JSON (line %d, column %d)".formatted(place.getLineNr(),
                            place.getColumnNr()));
        }
    }

    /**
     * Strictly. The parser by itself lets some malformed sequences pass in what it skips, and takes UTF-16 and UTF-32 as well, which
     * it tells by the zeros at the beginning.
     */
    private static void requireUtf8(byte[] body) {
        try {
            var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException _) {
            throw Refusal.malformed("the body is not UTF-8");
        }
        if (body.length > 1 && (body[0] == 0 || body[1] == 0)) {
            throw Refusal.malformed("the body is not UTF-8");
        }
    }

    private static ReadWebhook read(JsonParser json) {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw Refusal.malformed("the body is not a JSON object");
        }
        String type = null;
        var envelope = new Ids();
        var data = new Ids();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = json.currentName();
            var token = json.nextToken();
            switch (name) {
                case "type" -> type = token == JsonToken.VALUE_STRING ? json.getString() : null;
                case "data" -> data = Ids.in(json);
                // The envelope's own id is the event's, not the recording's.
                case "id" -> {
                }
                default -> envelope.take(name, json);
            }
            json.skipChildren();
        }
        if (json.nextToken() != null) {
            throw Refusal.malformed("something follows the JSON object");
        }
        if (type == null) {
            throw Refusal.malformed("type is missing or not a string");
        }
        if (!isPlain(type)) {
            throw Refusal.malformed("type must have 1 to %d characters, none of them a control character"
                    .formatted(LONGEST_ID));
        }
        var room = data.room == null ? envelope.room : data.room;
        var recording = data.recording();
        return new ReadWebhook(type, room == null ? null : new RoomId(room),
                recording == null ? envelope.recording() : recording);
    }

    /** Fit for a record's key and headers. An id that is not is nothing that 100ms ever gave out. */
    private static boolean isPlain(String text) {
        return !text.isBlank() && text.length() <= LONGEST_ID && !hasControls(text);
    }

    /** A stream of the characters would be a good part of all that reading takes. */
    private static boolean hasControls(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** The ids on one level of the body, in the spellings that 100ms and the product's simple events have. */
    private static final class Ids {
        private @Nullable String room;
        private @Nullable String job;
        private @Nullable String beam;
        private @Nullable String asset;
        private @Nullable String plain;

        /** Those of the object that begins here; none when it is something else. */
        static Ids in(JsonParser json) {
            var ids = new Ids();
            if (json.currentToken() == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                    var name = json.currentName();
                    json.nextToken();
                    ids.take(name, json);
                    json.skipChildren();
                }
            }
            return ids;
        }

        void take(String name, JsonParser json) {
            switch (name) {
                case "room_id", "roomId" -> room = id(json);
                case "job_id", "jobId" -> job = id(json);
                case "beam_id", "beamId" -> beam = id(json);
                case "recording_id", "recordingId" -> asset = id(json);
                case "id" -> plain = id(json);
                default -> {
                }
            }
        }

        @Nullable
        String recording() {
            if (job != null) {
                return job;
            }
            if (beam != null) {
                return beam;
            }
            return asset == null ? plain : asset;
        }

        private static @Nullable String id(JsonParser json) {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                return null;
            }
            var text = json.getString();
            return isPlain(text) ? text : null;
        }
    }
}
