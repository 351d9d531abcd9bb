package app.kulti.recording.processor.advance;

import app.kulti.recording.events.RecordingState;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.processor.advance.Cause.Origin;
import app.kulti.recording.processor.recording.OutsideId;
import app.kulti.recording.processor.recording.Tombstone;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** What PostgreSQL keeps, kept in maps: every decision sees everything, one after the other. */
final class MemoryStore implements RecordingStore, AppliedEvents {
    final Map<RecordingId, Stored> recordings = new LinkedHashMap<>();
    final Map<RecordingId, Tombstone> tombstones = new LinkedHashMap<>();
    final Map<OutsideId, RecordingId> names = new HashMap<>();
    final Map<RecordingId, Start> starts = new LinkedHashMap<>();
    final Map<Long, Note> notes = new LinkedHashMap<>();
    final List<Unmatched> unmatched = new ArrayList<>();
    final List<KnownSession> sessions = new ArrayList<>();

    @Override
    public Mono<Changes> change(Scope scope, Function<Snapshot, Changes> decide) {
        return Mono.fromSupplier(() -> {
            var changes = decide.apply(snapshot());
            write(changes);
            return changes;
        });
    }

    @Override
    public <T> Mono<T> consider(Scope scope, Function<Snapshot, T> judge) {
        return Mono.fromSupplier(() -> judge.apply(snapshot()));
    }

    @Override
    public Mono<Set<String>> unclaimed(Collection<String> jobs, RecordingId recording) {
        return Mono.just(jobs.stream().filter(job -> {
            var owner = names.get(new OutsideId(OutsideId.Kind.JOB, job));
            return owner == null || owner.equals(recording);
        }).collect(Collectors.toSet()));
    }

    @Override
    public Mono<Map<EventId, Set<Origin>>> among(Set<EventId> events) {
        return Mono.fromSupplier(() -> notes.values().stream().filter(note -> note.decision() == Note.Decision.APPLIED)
                .map(Note::cause).filter(cause -> events.contains(cause.event()))
                .collect(Collectors.groupingBy(Cause::event,
                        Collectors.mapping(Cause::origin, Collectors.toSet()))));
    }

    private Snapshot snapshot() {
        return new Snapshot(Map.copyOf(names), List.copyOf(starts.values()), List.copyOf(recordings.values()),
                List.copyOf(tombstones.values()), List.copyOf(sessions), List.copyOf(notes.values()));
    }

    private void write(Changes changes) {
        changes.created().forEach(stored -> {
            if (recordings.put(stored.recording().id(), stored) != null) {
                throw new IllegalStateException("made twice: " + stored);
            }
        });
        changes.changed().forEach(change -> recordings.put(change.after().recording().id(), change.after()));
        changes.deleted().forEach(deletion -> recordings.remove(deletion.recording()));
        changes.tombstones().forEach(tombstone -> tombstones.put(tombstone.id(), tombstone));
        changes.names().forEach(names::putIfAbsent);
        changes.begun().forEach(start -> starts.put(start.recording(), start));
        changes.starts().forEach(start -> starts.put(start.recording(), start));
        changes.notes().forEach(note -> {
            var row = note.row() == null ? Long.valueOf(notes.size() + 1L) : note.row();
            notes.put(row, new Note(row, note.recording(), note.cause(), note.decidedAt(), note.decision(),
                    note.reason(), note.outcome()));
        });
        unmatched.addAll(changes.unmatched());
    }

    /** How every recording is, whatever number its last change had. */
    Map<RecordingId, RecordingState> states() {
        return recordings.values().stream().map(stored -> stored.recording().state())
                .collect(Collectors.toMap(RecordingState::recordingId, MemoryStore::unnumbered));
    }

    private static RecordingState unnumbered(RecordingState state) {
        return new RecordingState(state.recordingId(), state.sessionId(), state.roomId(), 0, state.status(),
                state.hmsRecordingId(), state.startedAt(), state.endedAt(), state.source(), state.copy(),
                state.wanted(), state.failure(), state.stopReason(), state.kept(), state.deleted());
    }
}
