package app.kulti.recording.processor.advance;

import app.kulti.recording.events.HmsRecording;
import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.RecordingEvent.Refusal;
import app.kulti.recording.events.RecordingFinding;
import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.processor.advance.Note.Decision;
import app.kulti.recording.processor.recording.Matching;
import app.kulti.recording.processor.recording.OutsideId;
import app.kulti.recording.processor.recording.Recording;
import app.kulti.recording.processor.translation.ApiTranslator;
import java.time.Duration;

/** What 100ms answered to a start. */
final class StartAnswers {
    private static final Duration NEXT_LOOK = Duration.ofSeconds(5);
    private static final Answer UNAVAILABLE = new Answer.Refused(Refusal.HMS_UNAVAILABLE,
            "100ms does not answer at the moment");
    private static final Answer ALREADY = new Answer.Refused(Refusal.ALREADY_RECORDING,
            "100ms records the room already");

    private StartAnswers() {}

    static void apply(Draft draft, Cause cause, RecordingFinding.StartAnswered finding) {
        var start = draft.start(finding.recordingId());
        if (start == null) {
            draft.history().note(cause, finding.recordingId(), Decision.REFUSED, "there is no such start", null);
            return;
        }
        switch (finding.answer()) {
            case HmsAnswer.Found(var found) -> found(draft, cause, start, found);
            case HmsAnswer.Conflict(var running) -> {
                if (running == null) {
                    unknown(draft, cause, start, "100ms records the room, but did not say what");
                } else {
                    found(draft, cause, start, running);
                }
            }
            case HmsAnswer.Refused(_, var detail) -> refused(draft, cause, start, detail);
            case HmsAnswer.NotFound _ -> refused(draft, cause, start, "100ms does not know the room");
            case HmsAnswer.Unavailable(var why) -> unknown(draft, cause, start, why);
        }
    }

    /** What nobody else knows, and what was made since the start was asked for, is its; anything else is another's. */
    private static void found(Draft draft, Cause cause, Start start, HmsRecording found) {
        var said = ApiTranslator.translate(found, cause.event());
        var owner = draft.owner(new OutsideId(OutsideId.Kind.JOB, found.id()));
        var isSince = !found.createdAt().isBefore(start.issuedAt().minus(Matching.SKEW));
        if (owner == null ? isSince : owner.equals(start.recording())) {
            if (draft.tombstone(start.recording()) != null) {
                draft.history().note(cause, start.recording(), Decision.REFUSED, "its recording was deleted", null);
            } else {
                Starts.confirm(draft, cause, start, said.evidence());
            }
            return;
        }
        draft.history().note(cause, start.recording(), Decision.APPLIED, "another recording runs in the room", null);
        if (!start.isSettled()) {
            Starts.giveUp(draft, cause, start, "alreadyRecording", ALREADY);
        }
        if (owner == null && draft.sessions().get(start.session()) != null) {
            var id = RecordingId.adopting(OutsideId.Kind.JOB.wireName(), found.id());
            draft.advance(cause, Recording.unknown(id, start.session(), start.room()), said.evidence());
        }
    }

    private static void refused(Draft draft, Cause cause, Start start, String detail) {
        draft.history().note(cause, start.recording(), Decision.APPLIED, detail, null);
        if (!start.isSettled()) {
            Starts.giveUp(draft, cause, start, "refused", new Answer.Refused(Refusal.HMS_REFUSED,
                    "100ms refused the start: " + detail));
        }
    }

    /** Whether 100ms acted is not known: who waits gets an answer, and the schedule goes on looking. */
    private static void unknown(Draft draft, Cause cause, Start start, String why) {
        draft.history().note(cause, start.recording(), Decision.APPLIED, why, null);
        if (!start.isSettled() && draft.recording(start.recording()) == null) {
            draft.put(start.unavailable(draft.now().plus(NEXT_LOOK)));
            if (start.outcome() == null) {
                Answers.settle(draft, cause, start.command(), start.session(), null, UNAVAILABLE);
            }
        }
    }

    /** Nothing at 100ms explains it, long after anybody could have called. */
    static void overdue(Draft draft, Cause cause, RecordingFinding.StartOverdue finding) {
        var start = draft.start(finding.recordingId());
        if (start == null || start.isSettled()
                || draft.now().isBefore(start.deadline().plus(Due.START_GIVEN_UP))) {
            draft.history().note(cause, finding.recordingId(), Decision.REFUSED, "the start is not overdue", null);
            return;
        }
        draft.history().note(cause, start.recording(), Decision.APPLIED, null, null);
        Starts.giveUp(draft, cause, start, Start.GIVEN_UP, UNAVAILABLE);
    }
}
