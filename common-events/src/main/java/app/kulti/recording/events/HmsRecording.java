package app.kulti.recording.events;

import app.kulti.recording.events.ids.RoomId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recording as 100ms's API shows it, less its {@code meeting_url}, which may hold a token.
 *
 * @param id           100ms's recording id, the {@code job_id} of its webhooks
 * @param hmsSessionId 100ms's session in the room; absent until somebody is there
 * @param status       {@code starting, running, stopping, post_processing, completed, failed}, or a newer word
 * @param assets       its files; the list call leaves them out
 */
public record HmsRecording(String id, RoomId roomId, @Nullable String hmsSessionId, String status, Instant createdAt,
        @Nullable Instant startedAt, @Nullable Instant stoppedAt, List<Asset> assets) {
    public HmsRecording {
        assets = List.copyOf(assets);
    }

    /**
     * A file of it.
     *
     * @param type            {@code room-composite} for the film itself
     * @param status          {@code completed}, {@code failed}, {@code processing}
     * @param size            bytes
     * @param durationSeconds length; 0 for what has none
     * @param resolution      {@code 1280x720}
     */
    public record Asset(String id, String type, String status, @Nullable String path, @Nullable Long size,
            @Nullable Long durationSeconds, @Nullable String resolution, @Nullable Instant createdAt) {}
}
