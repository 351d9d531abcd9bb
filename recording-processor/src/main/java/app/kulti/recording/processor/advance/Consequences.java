package app.kulti.recording.processor.advance;

import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.processor.recording.Evidence;
import app.kulti.recording.processor.recording.Recording;
import app.kulti.recording.processor.recording.Stamp;
import java.util.List;

/** What follows for others from a recording that has moved on: its session's other recordings, 100ms, whoever waits. */
final class Consequences {
    private Consequences() {}

    /**
     * 100ms runs one beam per room: of a session's beams only the newest can be active, whichever of them was heard of first
     * and however far the newest has come by then.
     *
     * @param beam that has just been heard of
     * @return what follows for it: nothing, or that a newer one is known
     */
    static List<Evidence> makeWay(Draft draft, Cause cause, Recording beam) {
        var superseded = List.<Evidence>of(new Evidence.Superseded(new Stamp(null, cause.event())));
        var others = draft.beamsBeside(beam);
        if (others.stream().anyMatch(other -> isKnownToBeNewer(other, beam))) {
            return superseded;
        }
        for (var other : others) {
            if (isActive(other) && (isActive(beam) || isKnownToBeNewer(beam, other))) {
                draft.advance(cause, other, superseded, "a newer recording runs in its session");
            }
        }
        return List.of();
    }

    private static boolean isActive(Recording recording) {
        return recording.status() == RecordingStatus.RECORDING;
    }

    /** By 100ms's own time. Without one, what arrived later is taken for the newer of two that both seem to be active. */
    private static boolean isKnownToBeNewer(Recording one, Recording other) {
        var begun = one.startedAt();
        var otherBegun = other.startedAt();
        return begun != null && otherBegun != null && begun.isAfter(otherBegun);
    }

    /** What has to be asked of 100ms, and answered, now that it is so. */
    static void of(Draft draft, Cause cause, Recording before, Recording after) {
        var occasion = cause.event().toString();
        if (after.isStopDue() && !before.isStopDue()) {
            draft.outgoing().call(cause, HmsCall.ToStop.atOnce(after, occasion));
        }
        if (before.isStopDue() && !after.isStopDue()) {
            answerStop(draft, cause, after);
        }
        if (after.lacksLink() && !before.lacksLink()) {
            draft.outgoing().call(cause, HmsCall.ToRenew.of(after, null, occasion));
        }
        var job = after.facts().names().job();
        var isUnexplained = after.status() == RecordingStatus.PROCESSING
                && before.status() == RecordingStatus.RECORDING && after.endedAt() == null;
        if (isUnexplained && job != null) {
            draft.outgoing().call(cause, new HmsCall.ToLook(after.id(), job, occasion));
        }
    }

    /** Whatever shows that it stopped answers whoever wanted that. */
    private static void answerStop(Draft draft, Cause cause, Recording stopped) {
        var command = stopped.stopCommand();
        if (command != null && draft.history().answered(EventId.of(command)).isEmpty()) {
            Answers.settle(draft, cause, command, stopped.session(), stopped.id(), new Answer.Done());
        }
    }
}
