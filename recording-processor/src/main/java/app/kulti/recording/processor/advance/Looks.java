package app.kulti.recording.processor.advance;

import app.kulti.recording.events.MirrorWish;
import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.RecordingEvent.Refusal;
import app.kulti.recording.events.RecordingFinding;
import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.processor.advance.Note.Decision;
import app.kulti.recording.processor.recording.Evidence;
import app.kulti.recording.processor.recording.Link;
import app.kulti.recording.processor.recording.Stamp;
import app.kulti.recording.processor.translation.ApiTranslator;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a look at 100ms has shown, of a recording or of its file. */
final class Looks {
    private final Recognition recognition;

    Looks(Recognition recognition) {
        this.recognition = recognition;
    }

    void looked(Draft draft, Cause cause, RecordingFinding.Looked finding) {
        switch (finding.answer()) {
            case HmsAnswer.Found(var found) -> {
                var said = ApiTranslator.translate(found, cause.event());
                if (draft.recording(finding.recordingId()) == null && draft.tombstone(finding.recordingId()) == null) {
                    recognition.hear(draft, cause, said, finding.recordingId());
                } else {
                    recognition.tell(draft, cause, finding.recordingId(), said);
                }
            }
            case HmsAnswer.NotFound _ -> {
                var recording = ApplyFindings.recording(draft, cause, finding);
                if (recording == null) {
                    return;
                }
                if (recording.status() == RecordingStatus.COMPLETED && recording.source() == null) {
                    draft.history().note(cause, recording.id(), Decision.APPLIED, "100ms has it no more", null);
                    due(draft, recording.id(), null);
                } else {
                    draft.advance(cause, recording,
                            List.of(new Evidence.Failed(new Stamp(null, cause.event()), "NOT_FOUND_AT_100MS")));
                }
            }
            case HmsAnswer.Conflict _,HmsAnswer.Refused _,HmsAnswer.Unavailable _ ->
                unanswered(draft, cause, finding.recordingId());
        }
    }

    /** It is looked at now, and by its due time should that find no room or 100ms not answer. */
    void takenOver(Draft draft, Cause cause, RecordingFinding.TakenOver finding) {
        var recording = ApplyFindings.recording(draft, cause, finding);
        if (recording == null) {
            return;
        }
        if (recording.revision() > 0) {
            draft.history().note(cause, recording.id(), Decision.APPLIED, "it was followed before", null);
            return;
        }
        draft.advance(cause, recording, List.of());
        if (recording.status() == RecordingStatus.COMPLETED) {
            due(draft, recording.id(), Due.takenOver(draft.now()));
        }
        var job = recording.facts().names().job();
        if (job != null) {
            draft.outgoing().call(cause, new HmsCall.ToLook(recording.id(), job, cause.event().toString()));
        }
    }

    private static void due(Draft draft, RecordingId id, @Nullable Instant at) {
        var stored = draft.stored(id);
        if (stored != null) {
            draft.put(stored.due(at));
        }
    }

    /** Nothing is learnt; but one of which nothing is known yet gets a due time, and is looked at after a pause. */
    private static void unanswered(Draft draft, Cause cause, RecordingId id) {
        var reason = "100ms gave no answer";
        var recording = draft.recording(id);
        if (recording != null && recording.revision() == 0) {
            draft.advance(cause, recording, List.of(), reason);
        } else {
            draft.history().note(cause, id, Decision.APPLIED, reason, null);
        }
    }

    void renewed(Draft draft, Cause cause, RecordingFinding.SourceRenewed finding) {
        var recording = ApplyFindings.recording(draft, cause, finding);
        if (recording == null) {
            return;
        }
        var renewed = draft.advance(cause, recording,
                List.of(new Evidence.LinkRenewed(new Stamp(cause.time(), cause.event()),
                        Link.to(finding.assetId(), finding.path(), finding.url(), finding.urlExpiresAt()))));
        if (renewed.revision() == recording.revision() && renewed.state().wanted() == MirrorWish.COPY) {
            // 100ms gave the same URL again; whoever found it expired is to try once more all the same.
            draft.outgoing().announceAgain(cause, renewed.state());
        }
        var command = finding.commandId();
        if (command != null) {
            Answers.settle(draft, cause, command, recording.session(), recording.id(), new Answer.Done());
        }
    }

    void notRenewed(Draft draft, Cause cause, RecordingFinding.SourceNotRenewed finding) {
        var recording = ApplyFindings.recording(draft, cause, finding);
        if (recording == null) {
            return;
        }
        draft.history().note(cause, recording.id(), Decision.APPLIED, "100ms gave no URL", null);
        var command = finding.commandId();
        if (command != null) {
            var refusal = finding.answer() instanceof HmsAnswer.Unavailable
                    ? new Answer.Refused(Refusal.HMS_UNAVAILABLE, "100ms does not answer at the moment")
                    : new Answer.Refused(Refusal.HMS_REFUSED, "100ms has its file no more");
            Answers.settle(draft, cause, command, recording.session(), recording.id(), refusal);
        }
    }
}
