package app.kulti.recording.processor.advance;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.processor.advance.Note.Decision;
import app.kulti.recording.processor.recording.Evidence;
import app.kulti.recording.processor.recording.Matching;
import app.kulti.recording.processor.recording.Matching.Candidate;
import app.kulti.recording.processor.recording.Matching.Match;
import app.kulti.recording.processor.recording.OutsideId;
import app.kulti.recording.processor.recording.Recording;
import app.kulti.recording.processor.recording.Sighting;
import app.kulti.recording.processor.recording.Tombstone;
import app.kulti.recording.processor.translation.Translation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which recording something is said of: the one that its names are known for, else the start in flight of its room, else
 * the only recording whose session and times fit, else one that nobody here started and that is adopted. Deleted ones take
 * part, so that nothing appears again.
 */
public final class Recognition {
    private final Counter unmatched;

    /** Counts in {@code meters} what finds no recording. */
    public Recognition(MeterRegistry meters) {
        unmatched = Counter.builder("kulti.processor.unmatched").description("Events that found no recording")
                .register(meters);
    }

    /** Finds the recording and lets it hear what is said. */
    void hear(Draft draft, Cause cause, Translation said) {
        hear(draft, cause, said, said.sighting().adoptedId().orElse(null));
    }

    /**
     * The same for what was asked of 100ms because of an event that found none.
     *
     * @param adopted the id to adopt it under; absent when there is none
     */
    void hear(Draft draft, Cause cause, Translation said, @Nullable RecordingId adopted) {
        var known = byName(draft, said.sighting());
        if (known != null) {
            tell(draft, cause, known, said);
            return;
        }
        switch (Matching.find(said.sighting(), candidates(draft, said.sighting()))) {
            case Match.To to -> tell(draft, cause, to.id(), said);
            case Match.Several several -> leave(draft, cause, said, "it fits %d recordings".formatted(several.count()));
            case Match.Perhaps perhaps ->
                leave(draft, cause, said, "it may be one of %d recordings".formatted(perhaps.count()));
            case Match.None _ -> adopt(draft, cause, said, adopted);
        }
    }

    private static @Nullable RecordingId byName(Draft draft, Sighting sighting) {
        return sighting.names().stream().map(draft::owner).filter(Objects::nonNull).findFirst().orElse(null);
    }

    /** Whatever else lies in the batch is not worth comparing. */
    private static Collection<Candidate> candidates(Draft draft, Sighting sighting) {
        var room = sighting.room();
        return Stream.<Stream<? extends Candidate>>of(
                draft.startsIn(room).filter(Start::isOpen).map(Recognition::candidate),
                draft.recordingsIn(room).map(Recognition::candidate),
                draft.tombstonesIn(room).map(Recognition::candidate))
                .<Candidate>flatMap(each -> each).toList();
    }

    /** One that was given up can still turn out to have begun, within the time that there was for it. */
    private static Candidate candidate(Start start) {
        return new Candidate.Start(start.recording(), start.room(), start.issuedAt(),
                start.isSettled() ? start.deadline().plus(Due.START_GIVEN_UP) : null);
    }

    private static Candidate candidate(Recording recording) {
        var names = recording.facts().names();
        var session = names.hmsSession();
        return new Candidate.Known(recording.id(), names.ids(), recording.room(),
                session == null ? null : session.value(), recording.startedAt(), recording.endedAt());
    }

    private static Candidate candidate(Tombstone tombstone) {
        return new Candidate.Known(tombstone.id(), List.of(), tombstone.room(), tombstone.hmsSession(),
                tombstone.begunAt(), tombstone.endedAt());
    }

    /** Lets the recording of that id hear what is said: a living one, one that is being started, or what is left of one. */
    void tell(Draft draft, Cause cause, RecordingId id, Translation said) {
        var recording = draft.recording(id);
        var tombstone = draft.tombstone(id);
        var start = draft.start(id);
        if (recording != null) {
            draft.advance(cause, recording, said.evidence());
            if (start != null && !start.isSettled()) {
                Starts.confirm(draft, cause, start, said.evidence());
            }
        } else if (tombstone != null) {
            tell(draft, cause, tombstone, said);
        } else if (start != null) {
            Starts.confirm(draft, cause, start, said.evidence());
        } else {
            adopt(draft, cause, said, id);
        }
    }

    private static void tell(Draft draft, Cause cause, Tombstone tombstone, Translation said) {
        draft.learn(tombstone.id(), said.sighting().ids());
        draft.history().note(cause, tombstone.id(), Decision.REFUSED, "its recording was deleted", null);
        var begins = said.evidence().stream().anyMatch(Evidence.Started.class::isInstance);
        if (begins && tombstone.stoppedAt() == null) {
            said.sighting().ids().stream().filter(name -> name.kind() == OutsideId.Kind.JOB).findFirst()
                    .ifPresent(job -> draft.outgoing().call(cause, new HmsCall.ToStop(tombstone.id(), job.id(),
                            tombstone.room(), null, 1, cause.event().toString())));
        }
    }

    private void adopt(Draft draft, Cause cause, Translation said, @Nullable RecordingId id) {
        var sighting = said.sighting();
        var room = sighting.room();
        if (id == null || room == null) {
            leave(draft, cause, said, "it names neither a recording nor a room");
            return;
        }
        var session = draft.sessions().owning(room, sighting.begunAt() == null ? sighting.at() : sighting.begunAt());
        if (session.isEmpty()) {
            leave(draft, cause, said, "no session has its room");
            return;
        }
        draft.advance(cause, Recording.unknown(id, session.get().id(), room), said.evidence());
    }

    private void leave(Draft draft, Cause cause, Translation said, String reason) {
        unmatched.increment();
        draft.history().note(cause, said.sighting().adoptedId().orElse(null), Decision.UNMATCHED, reason, null);
        if (cause.isWebhook()) {
            Unmatched.of(cause.event(), said.sighting(), draft.now()).ifPresent(draft::leaveUnmatched);
        }
    }
}
