package app.kulti.recording.processor.advance;

import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.processor.advance.Changes.Change;
import app.kulti.recording.processor.advance.Changes.Deletion;
import app.kulti.recording.processor.advance.Note.Decision;
import app.kulti.recording.processor.recording.Announcement;
import app.kulti.recording.processor.recording.Evidence;
import app.kulti.recording.processor.recording.OutsideId;
import app.kulti.recording.processor.recording.Recording;
import app.kulti.recording.processor.recording.Tombstone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A batch in the making: what is stored, as the records of the batch change it one after the other. Pure but for being
 * changed; nothing is written before all of it is decided.
 */
final class Draft {
    private final Snapshot snapshot;
    private final Instant now;
    private final History history;
    private final Outgoing outgoing;
    private final Map<OutsideId, RecordingId> names;
    private final Map<OutsideId, RecordingId> learnt = new LinkedHashMap<>();
    private final Sessions sessions;
    private final Shelf<Start> starts = new Shelf<>(Start::recording, Start::session, Start::room);
    private final Shelf<Stored> recordings = new Shelf<>(stored -> stored.recording().id(),
            stored -> stored.recording().session(), stored -> stored.recording().room());
    private final Shelf<Tombstone> tombstones = new Shelf<>(Tombstone::id, Tombstone::session, Tombstone::room);
    private final Map<RecordingId, Deletion> deleted = new LinkedHashMap<>();
    private final Map<EventId, Unmatched> unmatched = new LinkedHashMap<>();

    Draft(Snapshot snapshot, Instant now) {
        this.snapshot = snapshot;
        this.now = now;
        this.history = new History(snapshot.notes(), now);
        this.outgoing = new Outgoing(now);
        this.names = new HashMap<>(snapshot.names());
        this.sessions = new Sessions(snapshot.sessions());
        snapshot.starts().forEach(starts::put);
        snapshot.recordings().forEach(recordings::put);
        snapshot.tombstones().forEach(tombstones::put);
    }

    Instant now() {
        return now;
    }

    History history() {
        return history;
    }

    Outgoing outgoing() {
        return outgoing;
    }

    @Nullable
    Recording recording(RecordingId id) {
        var stored = recordings.get(id);
        return stored == null ? null : stored.recording();
    }

    @Nullable
    Stored stored(RecordingId id) {
        return recordings.get(id);
    }

    @Nullable
    Tombstone tombstone(RecordingId id) {
        return tombstones.get(id);
    }

    @Nullable
    Start start(RecordingId id) {
        return starts.get(id);
    }

    @Nullable
    RecordingId owner(OutsideId name) {
        return names.get(name);
    }

    Sessions sessions() {
        return sessions;
    }

    /** What the session records. */
    Optional<Recording> activeIn(SessionId session) {
        return in(session).filter(recording -> recording.status() == RecordingStatus.RECORDING).findFirst();
    }

    /** The other beams of its session, as far as the batch may touch them: those that are active, at least. */
    List<Recording> beamsBeside(Recording recording) {
        return in(recording.session())
                .filter(other -> !other.id().equals(recording.id()) && other.facts().names().isBeam()).toList();
    }

    private Stream<Recording> in(SessionId session) {
        return recordings.of(session).map(Stored::recording);
    }

    /** The session's start whose end is not known. */
    Optional<Start> startIn(SessionId session) {
        return starts.of(session).filter(start -> !start.isSettled()).findFirst();
    }

    Stream<Start> startsIn(@Nullable RoomId room) {
        return starts.in(room);
    }

    Stream<Recording> recordingsIn(@Nullable RoomId room) {
        return recordings.in(room).map(Stored::recording);
    }

    Stream<Tombstone> tombstonesIn(@Nullable RoomId room) {
        return tombstones.in(room);
    }

    void put(Start start) {
        starts.put(start);
    }

    void put(Tombstone tombstone) {
        tombstones.put(tombstone);
    }

    void put(Stored stored) {
        recordings.put(stored);
    }

    /**
     * Adds evidence to a recording, notes it, and announces what it changes.
     *
     * @param base the recording as it is, or {@link Recording#unknown} when it is a new one
     * @return the recording as it is then
     */
    Recording advance(Cause cause, Recording base, List<? extends Evidence> evidence) {
        return advance(cause, base, evidence, null);
    }

    Recording advance(Cause cause, Recording base, List<? extends Evidence> evidence, @Nullable String reason) {
        var known = recordings.get(base.id());
        var before = known == null ? base : known.recording();
        var after = heard(cause, before, mine(before.id(), evidence));
        history.note(cause, after.id(), Decision.APPLIED, reason, null);
        if (known != null && after.equals(before)) {
            return before;
        }
        var stored = (known == null ? Stored.fresh(after) : known).with(after);
        put(stored.due(Due.of(stored, now)));
        learn(before, after);
        Announcement.of(known == null ? null : before, after).ifPresent(event -> outgoing.announce(cause, event));
        Consequences.of(this, cause, before, after);
        return after;
    }

    /** As soon as it is known when a beam began, it is known which others it ends, or which ended it. */
    private Recording heard(Cause cause, Recording before, List<? extends Evidence> evidence) {
        var after = before.with(evidence);
        if (!after.facts().names().isBeam() || (recordings.get(before.id()) != null
                && Objects.equals(before.startedAt(), after.startedAt()))) {
            return after;
        }
        var more = Consequences.makeWay(this, cause, after);
        return more.isEmpty() ? after : before.with(Stream.concat(evidence.stream(), more.stream()).toList());
    }

    /** Without the names that belong to another recording. */
    private List<? extends Evidence> mine(RecordingId id, List<? extends Evidence> evidence) {
        return evidence.stream().map(one -> one instanceof Evidence.Identified identified
                ? new Evidence.Identified(identified.stamp(),
                        identified.ids().stream().filter(name -> id.equals(names.getOrDefault(name, id))).toList(),
                        identified.hmsSessionId())
                : one).toList();
    }

    /** What a stored recording is called is stored too, but only what the batch names was read. */
    private void learn(Recording before, Recording after) {
        var stored = before.revision() == 0 ? List.<OutsideId>of() : before.facts().names().ids();
        learn(after.id(), after.facts().names().ids().stream().filter(name -> !stored.contains(name)).toList());
    }

    void learn(RecordingId id, List<OutsideId> ids) {
        for (var name : ids) {
            if (names.putIfAbsent(name, id) == null) {
                learnt.put(name, id);
            }
        }
    }

    /** Notes what it takes to ask 100ms about an event that found no recording. */
    void leaveUnmatched(Unmatched event) {
        unmatched.put(event.event(), event);
    }

    /** Deletes a recording: the row goes, and what is left is announced as a tombstone. */
    Tombstone delete(Cause cause, Recording recording, String actor) {
        recordings.remove(recording.id());
        deleted.put(recording.id(), new Deletion(recording.id(), actor));
        var session = recording.facts().names().hmsSession();
        var tombstone = new Tombstone(recording.id(), recording.session(), recording.room(),
                session == null ? null : session.value(), recording.facts().names().best(), recording.startedAt(),
                recording.endedAt(), recording.status() == RecordingStatus.RECORDING, recording.revision(), 0, now,
                null, null);
        return outgoing.bury(cause, this, tombstone);
    }

    Changes changes() {
        var original = snapshot.recordings().stream()
                .collect(Collectors.toMap(stored -> stored.recording().id(), stored -> stored));
        var created = new ArrayList<Stored>();
        var changed = new ArrayList<Change>();
        for (var stored : recordings.all()) {
            var before = original.get(stored.recording().id());
            if (before == null) {
                created.add(stored);
            } else if (!before.equals(stored)) {
                changed.add(new Change(before, stored));
            }
        }
        var known = snapshot.starts().stream().collect(Collectors.toMap(Start::recording, start -> start));
        var buried = Set.copyOf(snapshot.tombstones());
        return new Changes(created, changed,
                deleted.values().stream().filter(deletion -> original.containsKey(deletion.recording())).toList(),
                tombstones.all().stream().filter(tombstone -> !buried.contains(tombstone)).toList(), learnt,
                starts.all().stream().filter(start -> !known.containsKey(start.recording())).toList(),
                starts.all().stream().filter(start -> known.containsKey(start.recording())
                        && !start.equals(known.get(start.recording()))).toList(),
                history.written(), List.copyOf(unmatched.values()), outgoing.events(), outgoing.calls(), clicks());
    }

    private Map<RecordingId, String> clicks() {
        var clicks = new HashMap<RecordingId, String>();
        for (var start : starts.all()) {
            var trace = start.trace();
            if (trace != null) {
                clicks.put(start.recording(), trace);
            }
        }
        return clicks;
    }
}
