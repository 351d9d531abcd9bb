package app.kulti.recording.processor.advance;

import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.RecordingEvent.Refusal;
import app.kulti.recording.events.RecordingState;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.processor.advance.Note.Decision;
import app.kulti.recording.processor.advance.Note.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Yes or no to commands. A final answer is stored with its command and given again when the command comes again; it names
 * the session and the recording of the first one, by which the gateway sees that an idempotency key was used for two.
 */
final class Answers {
    private Answers() {}

    /** Says no to the command that {@code cause} is. */
    static void refuse(Draft draft, Cause cause, RecordingCommand command, Refusal reason, String detail) {
        var answer = new Answer.Refused(reason, detail);
        var recording = named(command);
        draft.history().note(cause, recording, Decision.REFUSED, detail,
                reason.isFinal() ? new Outcome(command.sessionId(), answer) : null);
        say(draft, cause, command.commandId(), command.sessionId(), recording, answer);
    }

    /** A start names a recording that is not there yet. */
    private static @Nullable RecordingId named(RecordingCommand command) {
        return switch (command) {
            case RecordingCommand.Start _,RecordingCommand.Stop _ -> null;
            case RecordingCommand.Delete delete -> delete.recordingId();
            case RecordingCommand.Keep keep -> keep.recordingId();
            case RecordingCommand.RefreshSource refresh -> refresh.recordingId();
        };
    }

    /** Gives a command that was taken earlier its answer, which has just become known. */
    static void settle(Draft draft, Cause cause, CommandId command, SessionId session, @Nullable RecordingId recording,
            Answer answer) {
        if (!(answer instanceof Answer.Refused refused) || refused.reason().isFinal()) {
            draft.history().answer(EventId.of(command), new Outcome(session, answer));
        }
        say(draft, cause, command, session, recording, answer);
    }

    /** Announces the stored answer once more. */
    static void again(Draft draft, Cause cause, CommandId command, @Nullable RecordingId recording, Outcome outcome) {
        say(draft, cause, command, outcome.session(), recording, outcome.answer());
    }

    /** Announces an answer together with how the recording is now. */
    private static void say(Draft draft, Cause cause, CommandId command, SessionId session,
            @Nullable RecordingId recording, Answer answer) {
        draft.outgoing().answer(cause, command, session, recording, answer,
                recording == null ? null : stateIn(draft, session, recording));
    }

    /** Of another session's recording nothing is told. */
    private static @Nullable RecordingState stateIn(Draft draft, SessionId session, RecordingId id) {
        var known = draft.recording(id);
        var gone = draft.tombstone(id);
        var state = known != null ? known.state() : gone != null ? gone.state() : null;
        return state == null || !state.sessionId().equals(session) ? null : state;
    }
}
