package app.kulti.recording.infra.local.hms.beam;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What 100ms calls a session: the time in which a room is in use. Several recordings may share one.
 *
 * @param endsAt when it closes unless something is recorded before; null while something is
 */
public record Session(String id, String roomId, Instant startedAt, @Nullable Instant endsAt) {

    boolean openAt(Instant now) {
        return endsAt == null || now.isBefore(endsAt);
    }

    Session endingAt(@Nullable Instant when) {
        return new Session(id, roomId, startedAt, when);
    }
}
