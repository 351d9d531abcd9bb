package app.kulti.recording.processor.advance;

import app.kulti.recording.events.HmsRecording;
import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.RecordingEvent.Refusal;
import app.kulti.recording.events.RecordingFinding;
import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.processor.advance.Note.Decision;
import app.kulti.recording.processor.recording.Evidence;
import app.kulti.recording.processor.recording.OutsideId;
import app.kulti.recording.processor.recording.Recording;
import app.kulti.recording.processor.recording.Stamp;
import app.kulti.recording.processor.translation.ApiTranslator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What 100ms answered to a stop. */
final class StopAnswers {
    private StopAnswers() {}

    static void apply(Draft draft, Cause cause, RecordingFinding.StopAnswered finding) {
        var recording = draft.recording(finding.recordingId());
        var tombstone = draft.tombstone(finding.recordingId());
        if (recording != null) {
            apply(draft, cause, recording, finding);
        } else if (tombstone != null) {
            draft.history().note(cause, tombstone.id(), Decision.APPLIED, null, null);
            if (isAgreed(finding.answer()) || draft.now().isAfter(tombstone.deletedAt().plus(Hms.LONGEST_ROOM))) {
                draft.put(tombstone.stopped(draft.now()));
            }
        } else {
            draft.history().note(cause, finding.recordingId(), Decision.REFUSED, "there is no such recording", null);
        }
    }

    private static boolean isAgreed(HmsAnswer answer) {
        return switch (answer) {
            case HmsAnswer.Found _,HmsAnswer.NotFound _ -> true;
            case HmsAnswer.Conflict _,HmsAnswer.Refused _,HmsAnswer.Unavailable _ -> false;
        };
    }

    private static void apply(Draft draft, Cause cause, Recording recording, RecordingFinding.StopAnswered finding) {
        switch (finding.answer()) {
            case HmsAnswer.Found(var found) -> {
                var evidence = new ArrayList<>(heard(draft, recording, found, cause));
                evidence.add(stopped(cause, cause.time()));
                agreed(draft, cause, recording, finding, evidence);
            }
            // It ended by itself, nobody said when: it is looked at.
            case HmsAnswer.NotFound _ -> agreed(draft, cause, recording, finding, List.of(stopped(cause, null)));
            case HmsAnswer.Conflict _,HmsAnswer.Unavailable _ ->
                draft.history().note(cause, recording.id(), Decision.APPLIED, "100ms gave no answer", null);
            case HmsAnswer.Refused(_, var detail) -> {
                draft.history().note(cause, recording.id(), Decision.APPLIED, detail, null);
                answer(draft, cause, recording, finding, new Answer.Refused(Refusal.HMS_REFUSED,
                        "100ms refused the stop: " + detail));
            }
        }
    }

    /** A stop by room may have met another recording; then only that it stopped is known. */
    private static List<Evidence> heard(Draft draft, Recording recording, HmsRecording found, Cause cause) {
        var job = recording.facts().names().job();
        var isIt = job == null ? draft.owner(jobOf(found)) == null : job.equals(found.id());
        return isIt ? ApiTranslator.translate(found, cause.event()).evidence() : List.of();
    }

    private static OutsideId jobOf(HmsRecording found) {
        return new OutsideId(OutsideId.Kind.JOB, found.id());
    }

    /** Our own time, until 100ms's is known: it stands before everything that has one of 100ms's. */
    private static Evidence stopped(Cause cause, @Nullable Instant at) {
        return new Evidence.Stopped(new Stamp(null, cause.event()), at, null);
    }

    private static void agreed(Draft draft, Cause cause, Recording recording, RecordingFinding.StopAnswered finding,
            List<Evidence> evidence) {
        draft.advance(cause, recording, evidence);
        answer(draft, cause, recording, finding, new Answer.Done());
    }

    /** To whoever wanted the stop, whichever call it was that succeeded. */
    private static void answer(Draft draft, Cause cause, Recording recording, RecordingFinding.StopAnswered finding,
            Answer answer) {
        var command = finding.commandId() != null ? finding.commandId() : recording.stopCommand();
        if (command != null && draft.history().answered(EventId.of(command)).isEmpty()) {
            Answers.settle(draft, cause, command, recording.session(), recording.id(), answer);
        }
    }
}
