package app.kulti.recording.processor.advance;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a batch holds of one kind, found by recording, by session and by room without looking at all the rest. A thing may
 * be replaced by a later state of itself, but never moves to another session or room.
 */
final class Shelf<T> {
    private final Function<T, RecordingId> recording;
    private final Function<T, SessionId> session;
    private final Function<T, @Nullable RoomId> room;
    private final Map<RecordingId, T> things = new LinkedHashMap<>();
    private final Map<SessionId, Set<RecordingId>> bySession = new HashMap<>();
    private final Map<@Nullable RoomId, Set<RecordingId>> byRoom = new HashMap<>();

    Shelf(Function<T, RecordingId> recording, Function<T, SessionId> session, Function<T, @Nullable RoomId> room) {
        this.recording = recording;
        this.session = session;
        this.room = room;
    }

    void put(T thing) {
        var id = recording.apply(thing);
        if (things.put(id, thing) == null) {
            bySession.computeIfAbsent(session.apply(thing), _ -> new LinkedHashSet<>()).add(id);
            byRoom.computeIfAbsent(room.apply(thing), _ -> new LinkedHashSet<>()).add(id);
        }
    }

    void remove(RecordingId id) {
        things.remove(id);
    }

    @Nullable
    T get(RecordingId id) {
        return things.get(id);
    }

    Stream<T> of(SessionId its) {
        return present(bySession.getOrDefault(its, Set.of()));
    }

    Stream<T> in(@Nullable RoomId its) {
        return present(byRoom.getOrDefault(its, Set.of()));
    }

    private Stream<T> present(Set<RecordingId> ids) {
        return ids.stream().map(things::get).filter(Objects::nonNull);
    }

    /** All, in the order in which they came. */
    Collection<T> all() {
        return things.values();
    }
}
