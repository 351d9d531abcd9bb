package app.kulti.recording.processor.advance;

import app.kulti.recording.events.MirrorWish;
import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.RecordingEvent.Refusal;
import app.kulti.recording.events.RecordingFinding;
import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.infra.messaging.BatchHandler;
import app.kulti.recording.infra.messaging.Received;
import app.kulti.recording.processor.advance.Note.Decision;
import app.kulti.recording.processor.recording.Evidence;
import app.kulti.recording.processor.recording.Link;
import app.kulti.recording.processor.recording.Recording;
import app.kulti.recording.processor.recording.Stamp;
import app.kulti.recording.processor.translation.ApiTranslator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a look at 100ms or at the clock has found. Evidence, not an order: each is judged on what is stored now. */
public final class ApplyFindings implements BatchHandler<RecordingFinding> {
    private final Advance advance;
    private final Duplicates duplicates;
    private final Recognition recognition;

    /** Takes what recognises a recording and what does the rest. */
    public ApplyFindings(Advance advance, Duplicates duplicates, Recognition recognition) {
        this.advance = advance;
        this.duplicates = duplicates;
        this.recognition = recognition;
    }

    @Override
    public void handle(List<Received<RecordingFinding>> batch) {
        var scope = Scope.empty();
        batch.forEach(received -> read(scope.event(received.envelope().id()), received));
        advance.apply(scope, draft -> batch.forEach(received -> apply(draft, received)));
    }

    private static void read(Scope scope, Received<RecordingFinding> received) {
        var finding = received.message();
        scope.recording(finding.recordingId());
        var command = commandOf(finding);
        if (command != null) {
            scope.event(EventId.of(command));
        }
        if (finding instanceof RecordingFinding.StartAnswered start) {
            scope.session(start.sessionId());
        }
        switch (answerOf(finding)) {
            case HmsAnswer.Found found ->
                scope.sighting(ApiTranslator.translate(found.recording(), received.envelope().id()).sighting());
            case HmsAnswer.Conflict(var other) when other != null ->
                scope.sighting(ApiTranslator.translate(other, received.envelope().id()).sighting());
            case null, default -> {
                // No recording of 100ms's is named.
            }
        }
    }

    private static @Nullable CommandId commandOf(RecordingFinding finding) {
        return switch (finding) {
            case RecordingFinding.StartAnswered it -> it.commandId();
            case RecordingFinding.StopAnswered it -> it.commandId();
            case RecordingFinding.SourceRenewed it -> it.commandId();
            case RecordingFinding.SourceNotRenewed it -> it.commandId();
            default -> null;
        };
    }

    private static @Nullable HmsAnswer answerOf(RecordingFinding finding) {
        return switch (finding) {
            case RecordingFinding.StartAnswered it -> it.answer();
            case RecordingFinding.StopAnswered it -> it.answer();
            case RecordingFinding.Looked it -> it.answer();
            default -> null;
        };
    }

    private void apply(Draft draft, Received<RecordingFinding> received) {
        var cause = Cause.of(received);
        var finding = received.message();
        if (duplicates.isOne(draft, cause)) {
            answerAgain(draft, cause, finding);
            return;
        }
        switch (finding) {
            case RecordingFinding.StartAnswered it -> StartAnswers.apply(draft, cause, it);
            case RecordingFinding.StopAnswered it -> StopAnswers.apply(draft, cause, it);
            case RecordingFinding.Looked it -> looked(draft, cause, it);
            case RecordingFinding.SourceRenewed it -> renewed(draft, cause, it);
            case RecordingFinding.SourceNotRenewed it -> notRenewed(draft, cause, it);
            case RecordingFinding.StartOverdue it -> StartAnswers.overdue(draft, cause, it);
            case RecordingFinding.MirrorOverdue it -> mirrorOverdue(draft, cause, it);
            case RecordingFinding.RowDeleted it -> rowDeleted(draft, cause, it);
            case RecordingFinding.LimitNears it -> say(draft, cause, it,
                    recording -> recording.status() == RecordingStatus.RECORDING,
                    recording -> new RecordingEvent.LimitNears(recording.state(), it.limitAt()));
            case RecordingFinding.LimitReached it -> limitReached(draft, cause, it);
            case RecordingFinding.ExpiryNears it -> say(draft, cause, it, recording -> !recording.kept(),
                    recording -> new RecordingEvent.ExpiryNears(recording.state(), it.expiresAt()));
            case RecordingFinding.Expired it -> expired(draft, cause, it);
        }
    }

    /** The answer to a command that followed from this finding may not have been said. */
    private static void answerAgain(Draft draft, Cause cause, RecordingFinding finding) {
        var command = commandOf(finding);
        var earlier = command == null ? null : draft.history().answered(EventId.of(command)).orElse(null);
        var recording = draft.recording(finding.recordingId());
        if (command != null && earlier != null && earlier.outcome() != null && recording != null) {
            Answers.say(draft, cause, command, recording.session(), recording.id(), earlier.outcome());
        }
    }

    private static @Nullable Recording recording(Draft draft, Cause cause, RecordingFinding finding) {
        var recording = draft.recording(finding.recordingId());
        if (recording == null) {
            draft.history().note(cause, finding.recordingId(), Decision.REFUSED, "there is no such recording", null);
        }
        return recording;
    }

    private void looked(Draft draft, Cause cause, RecordingFinding.Looked finding) {
        switch (finding.answer()) {
            case HmsAnswer.Found(var found) -> {
                var said = ApiTranslator.translate(found, cause.event());
                if (draft.recording(finding.recordingId()) == null && draft.tombstone(finding.recordingId()) == null) {
                    recognition.hear(draft, cause, said);
                } else {
                    recognition.tell(draft, cause, finding.recordingId(), said);
                }
            }
            case HmsAnswer.NotFound _ -> {
                var recording = recording(draft, cause, finding);
                if (recording != null) {
                    draft.advance(cause, recording,
                            List.of(new Evidence.Failed(new Stamp(null, cause.event()), "NOT_FOUND_AT_100MS")));
                }
            }
            case HmsAnswer.Conflict _,HmsAnswer.Refused _,HmsAnswer.Unavailable _ ->
                draft.history().note(cause, finding.recordingId(), Decision.APPLIED, "100ms gave no answer", null);
        }
    }

    private static void renewed(Draft draft, Cause cause, RecordingFinding.SourceRenewed finding) {
        var recording = recording(draft, cause, finding);
        if (recording == null) {
            return;
        }
        draft.advance(cause, recording, List.of(new Evidence.LinkRenewed(new Stamp(cause.time(), cause.event()),
                Link.to(finding.assetId(), finding.path(), finding.url(), finding.urlExpiresAt()))));
        var command = finding.commandId();
        if (command != null) {
            Answers.settle(draft, cause, command, recording.session(), recording.id(), new Answer.Done());
        }
    }

    private static void notRenewed(Draft draft, Cause cause, RecordingFinding.SourceNotRenewed finding) {
        var recording = recording(draft, cause, finding);
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

    private static void mirrorOverdue(Draft draft, Cause cause, RecordingFinding.MirrorOverdue finding) {
        var recording = recording(draft, cause, finding);
        var stored = recording == null ? null : draft.stored(recording.id());
        if (recording == null || stored == null) {
            return;
        }
        draft.history().note(cause, recording.id(), Decision.APPLIED, null, null);
        var wanted = recording.state().wanted() == MirrorWish.COPY;
        if (wanted || recording.lacksLink()) {
            var asked = stored.askedAgain();
            draft.put(asked.due(Due.of(asked, draft.now())));
        }
        if (wanted) {
            draft.outgoing().announceAgain(cause, recording.state());
        } else if (recording.lacksLink()) {
            draft.outgoing().call(HmsCall.ToRenew.of(recording, null, cause.event().toString()));
        }
    }

    private static void rowDeleted(Draft draft, Cause cause, RecordingFinding.RowDeleted finding) {
        var tombstone = draft.tombstone(finding.recordingId());
        if (tombstone == null) {
            draft.history().note(cause, finding.recordingId(), Decision.REFUSED, "it was not deleted", null);
            return;
        }
        draft.history().note(cause, tombstone.id(), Decision.APPLIED, null, null);
        if (tombstone.removedAt() == null) {
            draft.outgoing().bury(cause, draft, tombstone);
        }
    }

    private static void limitReached(Draft draft, Cause cause, RecordingFinding.LimitReached finding) {
        var recording = recording(draft, cause, finding);
        if (recording == null) {
            return;
        }
        if (recording.status() != RecordingStatus.RECORDING || recording.isStopDue()) {
            draft.history().note(cause, recording.id(), Decision.APPLIED, "it is being stopped or over", null);
            return;
        }
        draft.advance(cause, recording, List.of(new Evidence.StopWanted(new Stamp(cause.time(), cause.event()),
                new Evidence.StopWish(null))));
    }

    private static void expired(Draft draft, Cause cause, RecordingFinding.Expired finding) {
        var recording = recording(draft, cause, finding);
        if (recording == null) {
            return;
        }
        if (recording.kept() || recording.status() == RecordingStatus.RECORDING
                || finding.expiredAt().isAfter(draft.now())) {
            draft.history().note(cause, recording.id(), Decision.REFUSED, "it may stay", null);
            return;
        }
        draft.history().note(cause, recording.id(), Decision.APPLIED, null, null);
        draft.delete(cause, recording, "retention");
    }

    private static void say(Draft draft, Cause cause, RecordingFinding finding,
            Predicate<Recording> holds,
            Function<Recording, RecordingEvent> event) {
        var recording = recording(draft, cause, finding);
        if (recording != null) {
            draft.history().note(cause, recording.id(), Decision.APPLIED, null, null);
            if (holds.test(recording)) {
                draft.outgoing().announce(cause, event.apply(recording));
            }
        }
    }
}
