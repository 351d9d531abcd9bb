package app.kulti.recording.processor.hms;

import app.kulti.recording.events.HmsRecording;
import app.kulti.recording.events.SignedUrl;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.wire.EventJson;
import app.kulti.recording.infra.observability.Redaction;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * What 100ms writes and reads, as far as it is of use here. {@code meeting_url} is not read at all: it can hold a token that
 * lets anybody into the room.
 */
final class HmsJson {
    private HmsJson() {}

    /** The rules of the events' JSON (unknown fields ignored, what is not nullable must be there), in 100ms's spelling. */
    static JsonMapper mapper() {
        return EventJson.mapper().rebuild().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
    }

    /** The body of a start. Its text form leaves out the page, which may hold a token. */
    record Start(@Nullable String meetingUrl, Resolution resolution, @Nullable Transcription transcription) {
        /** Asks for what is configured; what is not is left to the room's template. */
        static Start of(HmsSettings settings, RoomId room) {
            return new Start(settings.meetingUrlOf(room), settings.resolution(),
                    settings.transcription() ? new Transcription(true, List.of("txt", "srt", "json")) : null);
        }

        @Override
        public String toString() {
            return "Start[resolution=%s, transcription=%s]".formatted(resolution, transcription);
        }
    }

    /** Asks for what is said to be written down. */
    record Transcription(boolean enabled, List<String> outputModes) {}

    /** A recording; its session is empty or null until somebody is there, and the list call leaves its assets out. */
    record Recording(String id, RoomId roomId, @Nullable String sessionId, String status, Instant createdAt,
            @Nullable Instant startedAt, @Nullable Instant stoppedAt, @Nullable List<Asset> recordingAssets) {
        HmsRecording read() {
            var hmsSessionId = sessionId == null || sessionId.isBlank() ? null : sessionId;
            return new HmsRecording(id, roomId, hmsSessionId, status, createdAt, startedAt, stoppedAt,
                    recordingAssets == null ? List.of() : recordingAssets.stream().map(Asset::read).toList());
        }
    }

    /** A file of a recording. */
    record Asset(String id, String type, String status, @Nullable String path, @Nullable Long size,
            @Nullable Long duration, @Nullable Instant createdAt, @Nullable Metadata metadata) {
        HmsRecording.Asset read() {
            return new HmsRecording.Asset(id, type, status, path, size, duration,
                    metadata == null || metadata.resolution() == null ? null : metadata.resolution().text(), createdAt);
        }
    }

    /** What is known of a file's content. */
    record Metadata(@Nullable Size resolution) {}

    /** The size of a film, whatever it is. */
    record Size(int width, int height) {
        String text() {
            return width + "x" + height;
        }
    }

    /**
     * Several recordings.
     *
     * @param limit how many a full page has
     * @param last  the next page begins after it
     */
    record Page(@Nullable Integer limit, @Nullable List<Recording> data, @Nullable String last) {
        List<HmsRecording> read() {
            return data == null ? List.of() : data.stream().map(Recording::read).toList();
        }
    }

    /**
     * Where a file can be read.
     *
     * @param expiry for how many seconds
     */
    record Presigned(SignedUrl url, long expiry) {}

    /** Why not. 100ms may repeat what it was sent, so it is redacted before anybody, a logger included, sees it. */
    record Problem(@Nullable String message) {
        Problem {
            message = message == null ? null : Redaction.redact(message);
        }
    }
}
