package app.kulti.recording.infra.local.hms.beam;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** All rooms, sessions and recordings. Reads are safe at any time; only {@link Studio} and {@link Archive} write recordings. */
public final class Ledger {
    private final Map<String, Room> rooms = new ConcurrentHashMap<>();
    private final Map<String, String> roomIdsByName = new ConcurrentHashMap<>();
    private final Map<String, Session> sessionsByRoom = new ConcurrentHashMap<>();
    private final ConcurrentNavigableMap<String, Recording> recordings = new ConcurrentSkipListMap<>(
            Comparator.reverseOrder());
    private final Map<String, NavigableSet<String>> recordingIdsByRoom = new ConcurrentHashMap<>();
    private final Map<String, String> recordingIdsByAsset = new ConcurrentHashMap<>();
    private final Map<String, String> recordingIdsByPath = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();

    /** What outlives the process. */
    public record Snapshot(List<Room> rooms, List<Session> sessions, List<Recording> recordings) {}

    /** Takes over what an earlier process left. */
    public void restore(Snapshot snapshot) {
        snapshot.rooms().forEach(this::put);
        snapshot.sessions().forEach(this::put);
        snapshot.recordings().forEach(this::put);
    }

    /** Everything as it is now. */
    public Snapshot snapshot() {
        return new Snapshot(List.copyOf(rooms.values()), List.copyOf(sessionsByRoom.values()),
                List.copyOf(recordings.values()));
    }

    /** Grows with every change. */
    public long changes() {
        return changes.get();
    }

    /** Adds or replaces a room. */
    public void put(Room room) {
        rooms.put(room.id(), room);
        roomIdsByName.putIfAbsent(nameKey(room.name()), room.id());
        changes.incrementAndGet();
    }

    /** The room of that id. */
    public Optional<Room> room(String id) {
        return Optional.ofNullable(rooms.get(id));
    }

    /** The first room of that name, whatever its case. */
    public Optional<Room> roomNamed(String name) {
        return Optional.ofNullable(roomIdsByName.get(nameKey(name))).flatMap(this::room);
    }

    /** All rooms, in no order. */
    public List<Room> rooms() {
        return List.copyOf(rooms.values());
    }

    private static String nameKey(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    void put(Session session) {
        sessionsByRoom.put(session.roomId(), session);
        changes.incrementAndGet();
    }

    Optional<Session> openSession(String roomId, Instant now) {
        return Optional.ofNullable(sessionsByRoom.get(roomId)).filter(session -> session.openAt(now));
    }

    void put(Recording recording) {
        recordings.put(recording.id(), recording);
        recordingIdsByRoom.computeIfAbsent(recording.roomId(), _ -> new ConcurrentSkipListSet<>()).add(recording.id());
        recording.asset().ifPresent(asset -> {
            recordingIdsByAsset.put(asset.id(), recording.id());
            recordingIdsByPath.put(asset.path(), recording.id());
        });
        changes.incrementAndGet();
    }

    /** The recording of that id. */
    public Optional<Recording> recording(String id) {
        return Optional.ofNullable(recordings.get(id));
    }

    /** All recordings of a room, newest first. */
    public Stream<Recording> recordingsOf(String roomId) {
        NavigableSet<String> ids = recordingIdsByRoom.get(roomId);
        return ids == null ? Stream.empty() : ids.descendingSet().stream().map(recordings::get).filter(r -> r != null);
    }

    /** All recordings, newest first. */
    public Stream<Recording> recordings() {
        return recordings.values().stream();
    }

    /** The finished recording whose file that asset is. */
    public Optional<Recording> recordingOfAsset(String assetId) {
        return Optional.ofNullable(recordingIdsByAsset.get(assetId)).flatMap(this::recording);
    }

    /** The finished recording whose file lies at that {@code s3://} path. */
    public Optional<Recording> recordingAt(String path) {
        return Optional.ofNullable(recordingIdsByPath.get(path)).flatMap(this::recording);
    }

    /** Drops the oldest recording that is over when there are more than so many. */
    Optional<Recording> dropOldestBeyond(int most) {
        if (recordings.size() <= most) {
            return Optional.empty();
        }
        Optional<Recording> oldest = recordings.descendingMap().values().stream().filter(r -> r.stage().over())
                .findFirst();
        oldest.ifPresent(this::drop);
        return oldest;
    }

    private void drop(Recording recording) {
        recordings.remove(recording.id());
        recordingIdsByRoom.getOrDefault(recording.roomId(), new ConcurrentSkipListSet<>()).remove(recording.id());
        recording.asset().ifPresent(asset -> {
            recordingIdsByAsset.remove(asset.id());
            recordingIdsByPath.remove(asset.path());
        });
        changes.incrementAndGet();
    }
}
