package app.kulti.recording.processor.advance;

import app.kulti.recording.events.RecordingFinding;
import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.infra.messaging.BatchHandler;
import app.kulti.recording.infra.messaging.Received;
import app.kulti.recording.processor.advance.Note.Decision;
import app.kulti.recording.processor.recording.Lifetime;
import app.kulti.recording.processor.recording.Recording;
import app.kulti.recording.processor.translation.ApiTranslator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a look at 100ms or at the clock has found. Evidence, not an order: each is judged on what is stored now. */
public final class ApplyFindings implements BatchHandler<RecordingFinding> {
    private final Advance advance;
    private final Duplicates duplicates;
    private final Looks looks;
    private final Clocks clocks;

    /** Takes what recognises a recording, how long one may last and stay, and what does the rest. */
    public ApplyFindings(Advance advance, Duplicates duplicates, Recognition recognition, Lifetime lifetime) {
        this.advance = advance;
        this.duplicates = duplicates;
        this.looks = new Looks(recognition);
        this.clocks = new Clocks(lifetime);
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
            case RecordingFinding.Looked it -> looks.looked(draft, cause, it);
            case RecordingFinding.SourceRenewed it -> looks.renewed(draft, cause, it);
            case RecordingFinding.SourceNotRenewed it -> looks.notRenewed(draft, cause, it);
            case RecordingFinding.StartOverdue it -> StartAnswers.overdue(draft, cause, it);
            case RecordingFinding.MirrorOverdue it -> clocks.mirrorOverdue(draft, cause, it);
            case RecordingFinding.TakenOver it -> looks.takenOver(draft, cause, it);
            case RecordingFinding.RowDeleted it -> clocks.rowDeleted(draft, cause, it);
            case RecordingFinding.LimitNears it -> clocks.limitNears(draft, cause, it);
            case RecordingFinding.LimitReached it -> clocks.limitReached(draft, cause, it);
            case RecordingFinding.ExpiryNears it -> clocks.expiryNears(draft, cause, it);
            case RecordingFinding.Expired it -> clocks.expired(draft, cause, it);
        }
    }

    /** The answer to a command that followed from this finding may not have been said. */
    private static void answerAgain(Draft draft, Cause cause, RecordingFinding finding) {
        var command = commandOf(finding);
        var earlier = command == null ? null : draft.history().answered(EventId.of(command)).orElse(null);
        var outcome = earlier == null ? null : earlier.outcome();
        if (command != null && earlier != null && outcome != null) {
            Answers.again(draft, cause, command, earlier.recording(), outcome);
        }
    }

    /** The recording that is spoken of; refuses the finding where there is none. */
    static @Nullable Recording recording(Draft draft, Cause cause, RecordingFinding finding) {
        var recording = draft.recording(finding.recordingId());
        if (recording == null) {
            draft.history().note(cause, finding.recordingId(), Decision.REFUSED, "there is no such recording", null);
        }
        return recording;
    }
}
