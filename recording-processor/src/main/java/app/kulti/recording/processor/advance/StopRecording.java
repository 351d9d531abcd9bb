package app.kulti.recording.processor.advance;

import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingEvent.Refusal;
import app.kulti.recording.processor.advance.Note.Decision;
import app.kulti.recording.processor.advance.Start.StopOrder;
import app.kulti.recording.processor.recording.Evidence;
import app.kulti.recording.processor.recording.Matching;
import app.kulti.recording.processor.recording.Recording;
import app.kulti.recording.processor.recording.Stamp;
import java.util.List;

/**
 * Judges a stop. It is stored as wanted and repeated until 100ms agrees; it touches only what began before it was asked
 * for, so that a stop that comes late does not end the next recording.
 */
final class StopRecording {
    private StopRecording() {}

    static void judge(Draft draft, Cause cause, RecordingCommand.Stop command) {
        if (!draft.history().applied(cause.event()).isEmpty()) {
            // It is wanted already, and its answer is still to come.
            return;
        }
        if (!ApplyCommands.isFromHost(draft, cause, command)) {
            return;
        }
        var active = draft.activeIn(command.sessionId()).filter(recording -> !recording.isStopDue())
                .filter(recording -> beganBefore(draft, recording, command));
        var start = draft.startIn(command.sessionId()).filter(known -> known.stop() == null)
                .filter(known -> known.issuedAt().isBefore(command.issuedAt()));
        if (active.isPresent()) {
            draft.advance(cause, active.get(),
                    List.of(new Evidence.StopWanted(new Stamp(command.issuedAt(), cause.event()),
                            new Evidence.StopWish(command.commandId()))));
        } else if (start.isPresent()) {
            draft.put(start.get().stopWanted(new StopOrder(command.issuedAt(), command.commandId())));
            draft.history().note(cause, start.get().recording(), Decision.APPLIED, null, null);
        } else {
            Answers.refuse(draft, cause, command, Refusal.NOTHING_ACTIVE, "nothing is being recorded");
        }
    }

    /** By our own clock where somebody here started it, else by 100ms's, which may differ a little. */
    private static boolean beganBefore(Draft draft, Recording recording, RecordingCommand.Stop command) {
        var start = draft.start(recording.id());
        if (start != null) {
            return start.issuedAt().isBefore(command.issuedAt());
        }
        var begun = recording.startedAt();
        return begun == null || !begun.isAfter(command.issuedAt().plus(Matching.SKEW));
    }
}
