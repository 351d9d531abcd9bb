package app.kulti.recording.processor.advance;

import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The app's sessions that a batch may touch. */
final class Sessions {
    private static final Comparator<KnownSession> BEST_LAST = Comparator.comparing(KnownSession::live)
            .thenComparing(KnownSession::begunAt).thenComparing(session -> session.id().value());

    private final Map<SessionId, KnownSession> byId = new HashMap<>();
    private final Map<RoomId, List<KnownSession>> byRoom = new HashMap<>();

    Sessions(List<KnownSession> known) {
        known.forEach(session -> {
            byId.put(session.id(), session);
            if (session.room() != null) {
                byRoom.computeIfAbsent(session.room(), _ -> new ArrayList<>()).add(session);
            }
        });
    }

    @Nullable
    KnownSession get(SessionId id) {
        return byId.get(id);
    }

    /** The session that has the room: the live one, else the latest that had begun by then. */
    Optional<KnownSession> owning(RoomId room, @Nullable Instant at) {
        return byRoom.getOrDefault(room, List.of()).stream()
                .filter(session -> session.live() || at == null || !session.begunAt().isAfter(at)).max(BEST_LAST);
    }
}
