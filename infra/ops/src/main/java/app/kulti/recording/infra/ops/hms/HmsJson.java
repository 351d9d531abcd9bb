package app.kulti.recording.infra.ops.hms;

import app.kulti.recording.events.HmsRecording;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.wire.EventJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * What 100ms writes and reads, as far as it is of use here. {@code meeting_url} is not read at all: it can hold a token that
 * lets anybody into the room.
 */
final class HmsJson {
    private static final JsonMapper MAPPER = EventJson.mapper().rebuild()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

    private HmsJson() {}

    /** The rules of the events' JSON, in 100ms's spelling. */
    static JsonMapper mapper() {
        return MAPPER;
    }

    record Recording(String id, RoomId roomId, @Nullable String sessionId, String status, Instant createdAt,
            @Nullable Instant startedAt, @Nullable Instant stoppedAt, @Nullable List<Asset> recordingAssets) {
        HmsRecording read() {
            return new HmsRecording(id, roomId, sessionId == null || sessionId.isBlank() ? null : sessionId, status,
                    createdAt, startedAt, stoppedAt,
                    recordingAssets == null ? List.of() : recordingAssets.stream().map(Asset::read).toList());
        }
    }

    record Asset(String id, String type, String status, @Nullable String path, @Nullable Long size,
            @Nullable Long duration, @Nullable Instant createdAt, @Nullable Metadata metadata) {
        HmsRecording.Asset read() {
            var resolution = metadata == null ? null : metadata.resolution();
            return new HmsRecording.Asset(id, type, status, path, size, duration,
                    resolution == null ? null : resolution.width() + "x" + resolution.height(), createdAt);
        }
    }

    record Metadata(@Nullable Size resolution) {}

    record Size(int width, int height) {}

    record Page(@Nullable List<Recording> data, @Nullable String last) {
        List<HmsRecording> read() {
            return data == null ? List.of() : data.stream().map(Recording::read).toList();
        }
    }

    record History(List<Event> events, Pagination pagination) {}

    record Pagination(boolean hasNext) {}

    record Event(String eventName, @Nullable String roomId, Instant eventTimestamp, Payload payload) {
        HmsDelivery read() {
            var data = new LinkedHashMap<String, String>();
            if (payload.eventData() != null) {
                payload.eventData().forEach((name, value) -> {
                    if (value != null && value.isString()) {
                        data.put(name, value.stringValue());
                    }
                });
            }
            return new HmsDelivery(payload.originalEventName(), Objects.requireNonNullElse(roomId, ""), eventTimestamp,
                    Map.copyOf(data), !eventName.endsWith("failed"));
        }
    }

    record Payload(@Nullable Map<String, JsonNode> eventData, String originalEventName) {}

    record ReplayRequest(Instant startTime, Instant endTime, @Nullable String roomId, List<String> eventNames,
            String status) {}

    record ReplayBegun(String workflowId) {}

    record ReplayState(String status, @Nullable Count progress) {
        HmsReplay read() {
            var count = progress == null ? new Count(0, 0, 0) : progress;
            return new HmsReplay(status, status.equalsIgnoreCase("running"), count.total(), count.completed(),
                    count.failed());
        }
    }

    record Count(int total, int completed, int failed) {}
}
