package app.kulti.recording.gateway.live;

import app.kulti.recording.events.ids.UserId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom a session concerns.
 *
 * @param host         absent for a session that is gone
 * @param participants the host may be one of them
 */
public record Audience(@Nullable UserId host, Set<UserId> participants) {
    public Audience {
        participants = Set.copyOf(participants);
    }
}
