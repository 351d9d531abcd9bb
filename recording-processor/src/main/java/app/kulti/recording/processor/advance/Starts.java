package app.kulti.recording.processor.advance;

import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.RecordingEvent.Refusal;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.processor.advance.Note.Decision;
import app.kulti.recording.processor.recording.Evidence;
import app.kulti.recording.processor.recording.OutsideId;
import app.kulti.recording.processor.recording.Recording;
import app.kulti.recording.processor.recording.Stamp;
import java.util.ArrayList;
import java.util.List;

/** What becomes of a start: it is confirmed by whatever shows its recording, or given up. */
final class Starts {
    private Starts() {}

    /** 100ms records it: the recording begins, its command is answered, and a stop that came in between is carried out. */
    static void confirm(Draft draft, Cause cause, Start start, List<Evidence> evidence) {
        if (draft.sessions().get(start.session()) == null) {
            abandon(draft, cause, start, evidence);
            return;
        }
        var known = draft.recording(start.recording());
        draft.put(start.settled(draft.now(), "started"));
        draft.advance(cause,
                known == null ? Recording.unknown(start.recording(), start.session(), start.room()) : known,
                withStop(start, evidence));
        if (draft.history().answered(EventId.of(start.command())).isEmpty()) {
            Answers.settle(draft, cause, start.command(), start.session(), start.recording(), new Answer.Done());
        }
    }

    private static List<Evidence> withStop(Start start, List<Evidence> evidence) {
        var all = new ArrayList<>(evidence);
        var stop = start.stop();
        if (stop != null) {
            all.add(new Evidence.StopWanted(new Stamp(stop.at(), EventId.of(stop.command())),
                    new Evidence.StopWish(stop.command())));
        }
        return all;
    }

    /** Its session was deleted in the meantime: there is no row to make, but a beam to stop. */
    private static void abandon(Draft draft, Cause cause, Start start, List<Evidence> evidence) {
        draft.history().note(cause, start.recording(), Decision.REFUSED, "its session is gone", null);
        evidence.stream().filter(Evidence.Identified.class::isInstance).map(Evidence.Identified.class::cast)
                .flatMap(known -> known.ids().stream()).filter(name -> name.kind() == OutsideId.Kind.JOB).findFirst()
                .ifPresent(job -> draft.outgoing().call(cause,
                        new HmsCall.ToStop(start.recording(), job.id(), start.room(),
                                null, 1, cause.event().toString())));
        giveUp(draft, cause, start, "sessionGone",
                new Answer.Refused(Refusal.SESSION_NOT_FOUND, "the session was deleted"));
    }

    /** There will be no recording of it. A stop that waited for it has nothing to stop. */
    static void giveUp(Draft draft, Cause cause, Start start, String outcome, Answer answer) {
        draft.put(start.settled(draft.now(), outcome));
        if (draft.history().answered(EventId.of(start.command())).isEmpty()) {
            Answers.settle(draft, cause, start.command(), start.session(), null, answer);
        }
        var stop = start.stop();
        if (stop != null) {
            Answers.settle(draft, cause, stop.command(), start.session(), null,
                    new Answer.Refused(Refusal.NOTHING_ACTIVE, "the recording did not start"));
        }
    }
}
