package app.kulti.recording.processor.advance;

import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.processor.advance.Note.Decision;
import app.kulti.recording.processor.advance.Note.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was decided about the events of a batch, before it and in it: one note for each recording that an event met. */
final class History {
    private final Map<EventId, List<Note>> notes = new HashMap<>();
    private final Set<Note> written = new LinkedHashSet<>();
    private final Instant now;

    History(List<Note> known, Instant now) {
        this.now = now;
        known.forEach(note -> of(note.cause().event()).add(note));
    }

    private List<Note> of(EventId event) {
        return notes.computeIfAbsent(event, _ -> new ArrayList<>());
    }

    /** All that was decided about this event. */
    List<Note> about(EventId event) {
        return List.copyOf(of(event));
    }

    /** The recordings that this event was applied to; empty when it has not been. */
    List<Note> applied(EventId event) {
        return of(event).stream().filter(note -> note.decision() == Decision.APPLIED).toList();
    }

    /** The final answer of the command that this event is. */
    Optional<Note> answered(EventId command) {
        return of(command).stream().filter(note -> note.outcome() != null).findFirst();
    }

    /**
     * Decides about an event; its note changes only when the decision does. What was not applied to any recording gives way to
     * what is decided about one.
     */
    void note(Cause cause, @Nullable RecordingId recording, Decision decision, @Nullable String reason,
            @Nullable Outcome outcome) {
        var known = of(cause.event());
        var note = new Note(null, recording, cause, now, decision, reason, outcome);
        var earlier = known.stream().filter(other -> Objects.equals(other.recording(), recording)).findFirst()
                .or(() -> known.stream().filter(other -> other.decision() != Decision.APPLIED).findFirst());
        if (earlier.isEmpty()) {
            known.add(note);
            written.add(note);
        } else if (differs(earlier.get(), note)) {
            replace(earlier.get(), note.inPlaceOf(earlier.get()));
        }
    }

    private static boolean differs(Note earlier, Note note) {
        return earlier.decision() != note.decision() || !Objects.equals(earlier.recording(), note.recording())
                || !Objects.equals(earlier.reason(), note.reason())
                || (note.outcome() != null && !note.outcome().equals(earlier.outcome()));
    }

    /** A command that was applied earlier has its final answer now. */
    void answer(EventId command, Outcome outcome) {
        for (var note : List.copyOf(of(command))) {
            if (note.outcome() == null) {
                replace(note, note.answered(outcome));
            }
        }
    }

    private void replace(Note earlier, Note later) {
        var known = of(earlier.cause().event());
        known.set(known.indexOf(earlier), later);
        written.remove(earlier);
        written.add(later);
    }

    List<Note> written() {
        return List.copyOf(written);
    }
}
