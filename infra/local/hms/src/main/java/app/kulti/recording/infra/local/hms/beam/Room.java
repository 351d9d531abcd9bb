package app.kulti.recording.infra.local.hms.beam;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A room.
 *
 * @param name    unique without regard to case among rooms made over the API; the title in the picture
 * @param webhook this room's own target, which replaces the workspace's; or null
 * @param dialect this room's own dialect, or null for the simulator's
 */
public record Room(String id, String name, String description, Instant createdAt, @Nullable WebhookTarget webhook,
        @Nullable Dialect dialect) {

    Room speaking(@Nullable Dialect other) {
        return new Room(id, name, description, createdAt, webhook, other);
    }
}
