package app.kulti.recording.processor.postgres;

import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.processor.advance.KnownSession;
import app.kulti.recording.processor.advance.Note;
import app.kulti.recording.processor.advance.Scope;
import app.kulti.recording.processor.advance.Snapshot;
import app.kulti.recording.processor.advance.Start;
import app.kulti.recording.processor.advance.Stored;
import app.kulti.recording.processor.recording.OutsideId;
import app.kulti.recording.processor.recording.Recording;
import app.kulti.recording.processor.recording.Sighting;
import app.kulti.recording.processor.recording.Tombstone;
import io.r2dbc.spi.Readable;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * Reads what a batch may touch, in a fixed number of steps: names, starts, whoever may be meant, locks, and only then what
 * is locked. Locks are taken in one order, starts before recordings, each by id.
 */
final class Reading {
    /**
     * The recordings of a session {@code s}. The offset keeps the planner from looking at their status first: it would go
     * through all that is active anywhere, once for each session.
     */
    private static final String IN_SESSION = "SELECT r.id, r.status FROM public.recordings r WHERE r.session_id = s.id OFFSET 0";

    private final DatabaseClient database;
    private final Scope scope;
    private final Map<OutsideId, RecordingId> names = new HashMap<>();
    private final Set<RecordingId> recordings;
    private final Set<SessionId> sessions;
    private final Set<RoomId> rooms = new LinkedHashSet<>();
    private final Set<String> hmsSessions = new LinkedHashSet<>();

    Reading(DatabaseClient database, Scope scope) {
        this.database = database;
        this.scope = scope;
        this.recordings = new LinkedHashSet<>(scope.recordings());
        this.sessions = new LinkedHashSet<>(scope.sessions());
    }

    Mono<Snapshot> snapshot() {
        return Mono.zip(names(), notes(uuids(scope.events(), EventId::value)), (found, notes) -> {
            names.putAll(found);
            recordings.addAll(found.values());
            notes.stream().map(Note::recording).filter(Objects::nonNull).forEach(recordings::add);
            scope.sightings().stream().filter(this::isUnknown).forEach(this::widen);
            return notes;
        }).flatMap(notes -> starts().flatMap(starts -> candidates(starts, notes)));
    }

    private boolean isUnknown(Sighting sighting) {
        return sighting.names().stream().noneMatch(names::containsKey);
    }

    /** Only what no name is known for is looked for by its room and session. */
    private void widen(Sighting sighting) {
        var room = sighting.room();
        if (room != null) {
            rooms.add(room);
        }
        var hmsSession = sighting.hmsSession();
        if (hmsSession != null && sighting.composite()) {
            hmsSessions.add(hmsSession);
        }
    }

    private Mono<Snapshot> candidates(List<Start> starts, List<Note> notes) {
        starts.forEach(start -> {
            recordings.add(start.recording());
            sessions.add(start.session());
        });
        return near().flatMap(near -> {
            near.stream().map(Near::meant).flatMap(Optional::stream).forEach(recordings::add);
            var known = near.stream().map(Near::session).flatMap(Optional::stream).toList();
            return Mono.zip(locked(), tombstones(), notes(commandsOf(starts)))
                    .flatMap(locked -> notes(stopsOf(locked.getT1())).map(stops -> new Snapshot(names, starts,
                            locked.getT1(), locked.getT2(), known,
                            together(Stream.of(notes, locked.getT3(), stops)))));
        });
    }

    private static List<Note> together(Stream<List<Note>> found) {
        return found.flatMap(List::stream)
                .collect(Collectors.toMap(Note::row, note -> note, (first, _) -> first)).values().stream().toList();
    }

    private Mono<Map<OutsideId, RecordingId>> names() {
        var asked = scope.sightings().stream().flatMap(sighting -> sighting.names().stream()).distinct().toList();
        if (asked.isEmpty()) {
            return Mono.just(Map.of());
        }
        return Columns.of(asked, database.sql("""
                SELECT a.kind, a.outside_id, a.recording_id
                FROM unnest(:kinds, :ids) AS asked (kind, id)
                JOIN kulti_recording.recording_aliases a ON a.kind = asked.kind AND a.outside_id = asked.id
                """)).text("kinds", name -> name.kind().wireName()).text("ids", OutsideId::id).bound()
                .map(row -> Map.entry(
                        new OutsideId(OutsideId.Kind.of(From.text(row, "kind")), From.text(row, "outside_id")),
                        new RecordingId(From.uuid(row, "recording_id"))))
                .all().collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private Mono<List<Start>> starts() {
        if (recordings.isEmpty() && rooms.isEmpty() && sessions.isEmpty()) {
            return Mono.just(List.of());
        }
        return database.sql("""
                SELECT * FROM kulti_recording.recording_starts s
                WHERE s.recording_id = ANY (ARRAY(
                  SELECT unnest(:recordings)
                  UNION SELECT r.id FROM unnest(:sessions) s (id), LATERAL (%s) r WHERE r.status = 'recording'
                  UNION SELECT u.recording_id FROM kulti_recording.recording_starts u
                    WHERE u.settled_at IS NULL AND u.session_id = ANY (:sessions)
                  UNION SELECT u.recording_id FROM kulti_recording.recording_starts u
                    WHERE (u.settled_at IS NULL OR u.outcome = 'failed') AND u.room_id = ANY (:rooms)))
                ORDER BY s.recording_id FOR UPDATE
                """.formatted(IN_SESSION)).bind("recordings", uuids(recordings, RecordingId::value))
                .bind("sessions", uuids(sessions, SessionId::value)).bind("rooms", roomIds())
                .map(From::start).all().collectList();
    }

    /** One of the two. */
    private record Near(Optional<KnownSession> session, Optional<RecordingId> meant) {}

    /**
     * The sessions; and what is active in them, and whoever may be meant by what no name is known for. They are asked for
     * together because each statement is a round trip.
     */
    private Mono<List<Near>> near() {
        if (sessions.isEmpty() && rooms.isEmpty() && hmsSessions.isEmpty()) {
            return Mono.just(List.of());
        }
        return database.sql("""
                WITH sessions AS (
                  SELECT * FROM kulti_recording.sessions_by_id(:sessions)
                  UNION SELECT * FROM kulti_recording.sessions_by_room(:rooms)),
                meant (id) AS (
                  SELECT r.id FROM sessions s, LATERAL (%s) r WHERE r.status = 'recording'
                  UNION SELECT p.recording_id FROM kulti_recording.recording_progress p
                    WHERE p.hms_session_id = ANY (:hmsSessions)
                  UNION SELECT p.recording_id FROM kulti_recording.recording_progress p
                    WHERE p.room_id = ANY (:rooms) AND p.hms_session_id IS NULL
                  UNION SELECT d.recording_id FROM kulti_recording.deleted_recordings d
                    WHERE d.hms_session_id = ANY (:hmsSessions)
                  UNION SELECT d.recording_id FROM kulti_recording.deleted_recordings d
                    WHERE d.room_id = ANY (:rooms) AND d.hms_session_id IS NULL)
                SELECT NULL AS meant, s.id, s.host_id, s.hms_room_id, s.status, s.started_at, s.created_at FROM sessions s
                UNION ALL SELECT m.id, NULL, NULL, NULL, NULL, NULL, NULL FROM meant m
                """.formatted(IN_SESSION)).bind("sessions", uuids(sessions, SessionId::value)).bind("rooms", roomIds())
                .bind("hmsSessions", hmsSessions.toArray(String[]::new)).map(Reading::near).all().collectList();
    }

    private static Near near(Readable row) {
        var meant = row.get("meant", UUID.class);
        return meant == null
                ? new Near(Optional.of(From.session(row)), Optional.empty())
                : new Near(Optional.empty(), Optional.of(new RecordingId(meant)));
    }

    /** As those who held the locks before have left them: a row that is waited for is read when it can be locked. */
    private Mono<List<Stored>> locked() {
        if (recordings.isEmpty()) {
            return Mono.just(List.of());
        }
        return database.sql("""
                SELECT %s FROM kulti_recording.recording_progress p
                WHERE p.recording_id = ANY (:ids) ORDER BY p.recording_id FOR UPDATE
                """.formatted(From.STORED)).bind("ids", uuids(recordings, RecordingId::value)).map(From::stored).all()
                .collectList().flatMap(this::withInherited);
    }

    private Mono<List<Stored>> withInherited(List<Stored> locked) {
        var others = new LinkedHashSet<>(recordings);
        locked.forEach(stored -> others.remove(stored.recording().id()));
        return others.isEmpty()
                ? Mono.just(locked)
                : inherited(others).map(inherited -> Stream.concat(locked.stream(), inherited.stream()).toList());
    }

    /** What was there before this system has no progress yet, and perhaps the same name as another such row. */
    private Mono<List<Stored>> inherited(Set<RecordingId> ids) {
        return database.sql("""
                SELECT %s, p.revision, a.recording_id AS owner FROM public.recordings r
                LEFT JOIN kulti_recording.recording_progress p ON p.recording_id = r.id
                LEFT JOIN kulti_recording.recording_aliases a ON a.kind = :job AND a.outside_id = r.hms_recording_id
                WHERE r.id = ANY (:ids)
                """.formatted(From.INHERITED)).bind("job", OutsideId.Kind.JOB.wireName())
                .bind("ids", uuids(ids, RecordingId::value)).map(this::withoutProgress).all().collectList();
    }

    private Stored withoutProgress(Readable row) {
        if (row.get("revision") != null) {
            throw new Contended("a recording's progress");
        }
        var stored = From.inherited(row);
        var owner = row.get("owner", UUID.class);
        if (owner != null) {
            stored.recording().facts().names().ids().forEach(name -> names.put(name, new RecordingId(owner)));
        }
        return stored;
    }

    private Mono<List<Tombstone>> tombstones() {
        return recordings.isEmpty()
                ? Mono.just(List.of())
                : database.sql("""
                        SELECT * FROM kulti_recording.deleted_recordings
                        WHERE recording_id = ANY (:ids) ORDER BY recording_id FOR UPDATE
                        """).bind("ids", uuids(recordings, RecordingId::value)).map(From::tombstone).all()
                        .collectList();
    }

    /** What was answered to the commands that starts in the air came from, and to the stops that wait for them. */
    private static UUID[] commandsOf(List<Start> starts) {
        return starts.stream().filter(start -> start.settledAt() == null)
                .flatMap(start -> Stream.of(start.command(),
                        start.stop() == null ? start.command() : start.stop().command()))
                .map(CommandId::value).distinct().toArray(UUID[]::new);
    }

    private static UUID[] stopsOf(List<Stored> stored) {
        return stored.stream().map(Stored::recording).filter(Recording::isStopDue).map(Recording::stopCommand)
                .filter(Objects::nonNull).map(CommandId::value).distinct().toArray(UUID[]::new);
    }

    private Mono<List<Note>> notes(UUID[] events) {
        return events.length == 0
                ? Mono.just(List.of())
                : database.sql("SELECT * FROM kulti_recording.recording_history WHERE event_id = ANY (:events)")
                        .bind("events", events).map(From::note).all().collectList();
    }

    private String[] roomIds() {
        return rooms.stream().map(RoomId::value).toArray(String[]::new);
    }

    private static <I> UUID[] uuids(Collection<I> ids, Function<I, UUID> value) {
        return ids.stream().map(value).toArray(UUID[]::new);
    }
}
