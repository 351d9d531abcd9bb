package app.kulti.recording.processor.advance;

import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.RecordingEvent.Refusal;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.processor.advance.Note.Decision;
import org.jspecify.annotations.Nullable;

/** Yes or no to commands. A final answer is stored with its command and given again when the command comes again. */
final class Answers {
    private Answers() {}

    /** Says no to the command that {@code cause} is. */
    static void refuse(Draft draft, Cause cause, SessionId session, Refusal reason, String detail) {
        var answer = new Answer.Refused(reason, detail);
        draft.history().note(cause, null, Decision.REFUSED, detail, reason.isFinal() ? answer : null);
        draft.outgoing().answer(cause, new CommandId(cause.event().value()), session, null, answer, null);
    }

    /** Gives a command that was taken earlier its answer, which has just become known. */
    static void settle(Draft draft, Cause cause, CommandId command, SessionId session, @Nullable RecordingId recording,
            Answer answer) {
        if (!(answer instanceof Answer.Refused refused) || refused.reason().isFinal()) {
            draft.history().answer(EventId.of(command), answer);
        }
        say(draft, cause, command, session, recording, answer);
    }

    /** Announces an answer together with how the recording is now. */
    static void say(Draft draft, Cause cause, CommandId command, SessionId session, @Nullable RecordingId recording,
            Answer answer) {
        var known = recording == null ? null : draft.recording(recording);
        var gone = recording == null ? null : draft.tombstone(recording);
        draft.outgoing().answer(cause, command, session, recording, answer,
                known != null ? known.state() : gone != null ? gone.state() : null);
    }
}
