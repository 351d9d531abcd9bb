package app.kulti.recording.gateway.command;

import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.RecordingEvent.Refusal;
import app.kulti.recording.gateway.failure.Problem;
import app.kulti.recording.gateway.failure.ProblemType;

/** What a refused command means to its caller. */
final class Refusals {
    private Refusals() {}

    static Problem problem(Answer.Refused refused) {
        var problem = new Problem(type(refused.reason()), refused.detail());
        return refused.reason() == Refusal.ROOM_DIFFERS ? problem.about(StartRecording.ROOM) : problem;
    }

    private static ProblemType type(Refusal reason) {
        return switch (reason) {
            case SESSION_NOT_FOUND -> ProblemType.SESSION_NOT_FOUND;
            case NOT_HOST -> ProblemType.NOT_HOST;
            case ROOM_MISSING -> ProblemType.ROOM_MISSING;
            case ROOM_DIFFERS -> ProblemType.ROOM_DIFFERS;
            case ALREADY_RECORDING -> ProblemType.ALREADY_RECORDING;
            case NOTHING_ACTIVE -> ProblemType.NOTHING_ACTIVE;
            case RECORDING_NOT_FOUND -> ProblemType.RECORDING_NOT_FOUND;
            case STILL_RECORDING -> ProblemType.STILL_RECORDING;
            case HMS_REFUSED -> ProblemType.HMS_REFUSED;
            case TOO_LATE, HMS_UNAVAILABLE -> ProblemType.HMS_UNAVAILABLE;
        };
    }
}
