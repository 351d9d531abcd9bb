package app.kulti.recording.infra.local.hms.api;

import app.kulti.recording.infra.local.hms.beam.Asset;
import app.kulti.recording.infra.local.hms.beam.Recording;
import app.kulti.recording.infra.local.hms.beam.Resolution;
import app.kulti.recording.infra.local.hms.beam.Room;
import app.kulti.recording.infra.local.hms.beam.Stage.Beam;
import app.kulti.recording.infra.local.hms.beam.Stage.Stop;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The JSON of 100ms's answers. */
final class Answers {
    private static final String CUSTOMER = "627cdddff2e4e30487862ad1";

    private Answers() {}

    /** A recording as lists have it. */
    @JsonNaming(SnakeCaseStrategy.class)
    record ListedRecording(String id, String roomId, String sessionId, String status, Instant createdAt,
            @Nullable Instant startedAt, Instant updatedAt, @Nullable Instant stoppedAt, String meetingUrl,
            String destination, String startedBy, String stoppedBy, List<String> assetTypes) {

        static ListedRecording of(Recording recording) {
            Beam beam = recording.stage().beamOrNull();
            Stop stop = recording.stage().stopOrNull();
            String destination = recording.ask().destination();
            return new ListedRecording(recording.id(), recording.roomId(), recording.sessionId(),
                    recording.stage().status(), recording.createdAt(), beam == null ? null : beam.startedAt(),
                    recording.updatedAt(), stop == null ? null : stop.at(), recording.meetingUrl(),
                    destination == null ? "" : destination, "", "", List.of("room-composite"));
        }
    }

    /** A recording by itself; its assets are null until there are any. */
    @JsonNaming(SnakeCaseStrategy.class)
    record SingleRecording(@JsonUnwrapped ListedRecording recording, @Nullable List<RecordingAsset> recordingAssets) {

        static SingleRecording of(Recording recording) {
            List<RecordingAsset> assets = recording.asset().map(asset -> List.of(RecordingAsset.of(recording, asset)))
                    .orElse(null);
            return new SingleRecording(ListedRecording.of(recording), assets);
        }
    }

    /** An asset inside its recording. */
    @JsonNaming(SnakeCaseStrategy.class)
    record RecordingAsset(String id, String type, String status, String path, long size, int duration,
            Instant createdAt, @Nullable List<String> thumbnails, Metadata metadata) {

        static RecordingAsset of(Recording recording, Asset asset) {
            return new RecordingAsset(asset.id(), "room-composite", "completed", asset.path(), asset.movie().size(),
                    asset.seconds(), asset.createdAt(), null, new Metadata(recording.ask().resolution()));
        }
    }

    /** What is known of a file. */
    record Metadata(Resolution resolution) {}

    /** An asset by itself. */
    @JsonNaming(SnakeCaseStrategy.class)
    record SingleAsset(@JsonUnwrapped RecordingAsset asset, String jobId, String roomId, String sessionId) {

        static SingleAsset of(Recording recording, Asset asset) {
            return new SingleAsset(RecordingAsset.of(recording, asset), recording.id(), recording.roomId(),
                    recording.sessionId());
        }
    }

    /** A link to a file, and for how many seconds it is good. */
    record PresignedUrl(String id, String path, String url, long expiry) {}

    /** One page of a list; {@code last} goes into the next call's {@code start}. */
    record Page<T>(int limit, List<T> data, @Nullable String last) {}

    /** A room. */
    @JsonNaming(SnakeCaseStrategy.class)
    record RoomAnswer(String id, String name, boolean enabled, String description, String customerId,
            boolean recordingSourceTemplate, String templateId, String template, String region, Instant createdAt,
            Instant updatedAt) {

        static RoomAnswer of(Room room) {
            return new RoomAnswer(room.id(), room.name(), true, room.description(), CUSTOMER, true,
                    "63188115d11d6db790c73c60", "kulti-local", "eu", room.createdAt(), room.createdAt());
        }
    }
}
