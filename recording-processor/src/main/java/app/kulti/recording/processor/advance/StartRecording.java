package app.kulti.recording.processor.advance;

import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.RecordingEvent.Refusal;
import app.kulti.recording.processor.advance.Note.Decision;
import org.jspecify.annotations.Nullable;

/**
 * Judges a start. It is stored before 100ms is asked, so that it outlives the copy that took it; there are never two for
 * one command, nor two that are in the air for one session.
 */
final class StartRecording {
    private StartRecording() {}

    static void judge(Draft draft, Cause cause, RecordingCommand.Start command) {
        if (!ApplyCommands.isFromHost(draft, cause, command) || !isInItsRoom(draft, cause, command)) {
            return;
        }
        var earlier = draft.start(command.recordingId());
        if (draft.recording(command.recordingId()) != null) {
            // Found by a webhook after its start had been given up.
            draft.history().note(cause, command.recordingId(), Decision.APPLIED, null, null);
            Answers.settle(draft, cause, command.commandId(), command.sessionId(), command.recordingId(),
                    new Answer.Done());
        } else if (earlier != null && !earlier.isSettled()) {
            again(draft, cause, command, earlier);
        } else if (isFree(draft, cause, command) && isInTime(draft, cause, command)) {
            begin(draft, cause, command, earlier);
        }
    }

    private static boolean isInItsRoom(Draft draft, Cause cause, RecordingCommand.Start command) {
        var session = draft.sessions().get(command.sessionId());
        if (session == null || session.room() == null) {
            Answers.refuse(draft, cause, command, Refusal.ROOM_MISSING, "the session has no room");
            return false;
        }
        if (!session.room().equals(command.roomId())) {
            Answers.refuse(draft, cause, command, Refusal.ROOM_DIFFERS, "the session has another room");
            return false;
        }
        return true;
    }

    private static boolean isFree(Draft draft, Cause cause, RecordingCommand.Start command) {
        var other = draft.startIn(command.sessionId());
        if (draft.activeIn(command.sessionId()).isPresent()) {
            Answers.refuse(draft, cause, command, Refusal.ALREADY_RECORDING, "it is being recorded");
            return false;
        }
        if (other.isEmpty()) {
            return true;
        }
        if (draft.now().isBefore(other.get().deadline())) {
            Answers.refuse(draft, cause, command, Refusal.ALREADY_RECORDING, "a start is under way");
        } else {
            Answers.refuse(draft, cause, command, Refusal.HMS_UNAVAILABLE,
                    "it is not yet known what became of an earlier start");
        }
        return false;
    }

    private static boolean isInTime(Draft draft, Cause cause, RecordingCommand.Start command) {
        if (draft.now().isBefore(command.deadline())) {
            return true;
        }
        Answers.refuse(draft, cause, command, Refusal.TOO_LATE,
                "the start came too late to be carried out");
        return false;
    }

    private static void begin(Draft draft, Cause cause, RecordingCommand.Start command, @Nullable Start earlier) {
        var dueAt = draft.now().plus(Due.CALL);
        var start = earlier == null
                ? Start.of(command, draft.now(), dueAt, cause.traceparent())
                : earlier.again(command.deadline(), draft.now(), dueAt);
        draft.put(start);
        draft.history().note(cause, command.recordingId(), Decision.APPLIED, null, null);
        draft.outgoing().call(cause, new HmsCall.ToStart(start, earlier != null));
    }

    /** It is in the air; only when its caller is past its time, or seems to be gone, is it taken up. */
    private static void again(Draft draft, Cause cause, RecordingCommand.Start command, Start earlier) {
        draft.history().note(cause, command.recordingId(), Decision.APPLIED, null, null);
        var due = earlier.dueAt();
        if (due != null && draft.now().isBefore(due) && draft.now().isBefore(earlier.deadline())) {
            return;
        }
        var later = command.deadline().isAfter(earlier.deadline()) ? command.deadline() : earlier.deadline();
        var taken = earlier.again(later, draft.now(), draft.now().plus(Due.CALL));
        draft.put(taken);
        draft.outgoing().call(cause, new HmsCall.ToStart(taken, true));
    }
}
