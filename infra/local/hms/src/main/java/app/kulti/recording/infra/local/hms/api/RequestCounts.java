package app.kulti.recording.infra.local.hms.api;

import app.kulti.recording.infra.local.hms.fault.Operation;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How often each call was made, in all and by room, whatever became of it. */
public final class RequestCounts {
    private static final int MOST_ROOMS = 100_000;

    private final Map<Operation, Long> all = new EnumMap<>(Operation.class);
    private final Map<String, Map<Operation, Long>> byRoom = new LinkedHashMap<>();

    /** The counts since the process began or the last reset. */
    public record View(Map<Operation, Long> operations, Map<String, Map<Operation, Long>> rooms) {}

    synchronized void count(Operation operation, @Nullable String roomId) {
        all.merge(operation, 1L, Long::sum);
        if (roomId != null && (byRoom.containsKey(roomId) || byRoom.size() < MOST_ROOMS)) {
            byRoom.computeIfAbsent(roomId, _ -> new EnumMap<>(Operation.class)).merge(operation, 1L, Long::sum);
        }
    }

    /** A copy of all counts. */
    public synchronized View view() {
        Map<String, Map<Operation, Long>> rooms = new LinkedHashMap<>();
        byRoom.forEach((room, counts) -> rooms.put(room, Map.copyOf(counts)));
        return new View(Map.copyOf(all), rooms);
    }

    /** Begins at zero again. */
    public synchronized void reset() {
        all.clear();
        byRoom.clear();
    }
}
