package app.kulti.recording.infra.ops.replay;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.RawBody;
import app.kulti.recording.events.ids.RoomId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads of a webhook's body what its record needs, by the same rules as the door through which it did not come. */
final class RawWebhook {
    /** What the door takes at most. */
    static final int LARGEST = 256 * 1024;

    private static final int LONGEST_ID = 200;
    private static final List<String> RECORDING = List.of("job_id", "jobId", "beam_id", "beamId", "recording_id",
            "recordingId");
    private static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private RawWebhook() {}

    /**
     * The webhook.
     *
     * @throws IllegalArgumentException what is wrong, without quoting it
     */
    static HmsWebhook.Recovered read(byte[] body) {
        if (body.length > LARGEST) {
            throw new IllegalArgumentException("it is larger than %d KiB".formatted(LARGEST / 1024));
        }
        var json = parse(body);
        if (!json.isObject()) {
            throw new IllegalArgumentException("it is no JSON object");
        }
        var type = plain(json.path("type"));
        if (type == null) {
            throw new IllegalArgumentException("it has no type, which 100ms's webhooks all have");
        }
        var data = json.path("data");
        var room = first(data, "room_id", "roomId").or(() -> first(json, "room_id", "roomId"));
        var recording = recording(data).or(() -> first(data, "id")).or(() -> recording(json));
        return new HmsWebhook.Recovered(type, room.map(RoomId::new).orElse(null), recording.orElse(null),
                RawBody.of(body));
    }

    private static JsonNode parse(byte[] body) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return JSON.readTree(body);
        } catch (CharacterCodingException _) {
            throw new IllegalArgumentException("it is not UTF-8");
        } catch (JacksonException e) {
            var place = e.getLocation();
            throw new IllegalArgumentException(place == null
                    ? "it is not well-formed JSON"
                    : "it is not well-formed JSON (column %d)".formatted(place.getColumnNr()));
        }
    }

    private static Optional<String> recording(JsonNode node) {
        return first(node, RECORDING.toArray(String[]::new));
    }

    private static Optional<String> first(JsonNode node, String... fields) {
        for (var field : fields) {
            var text = plain(node.path(field));
            if (text != null) {
                return Optional.of(text);
            }
        }
        return Optional.empty();
    }

    /** Fit for a record's key and headers. */
    private static @Nullable String plain(JsonNode node) {
        if (!node.isString()) {
            return null;
        }
        var text = node.stringValue();
        return text.isBlank() || text.length() > LONGEST_ID || text.chars().anyMatch(Character::isISOControl)
                ? null
                : text;
    }
}
