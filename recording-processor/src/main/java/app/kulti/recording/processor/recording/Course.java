package app.kulti.recording.processor.recording;

import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.processor.recording.Evidence.StopWish;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far it has come.
 *
 * @param status     the highest that any evidence gave
 * @param accepted   100ms's {@code created_at}
 * @param started    when it began to record
 * @param stopped    when and why it ended
 * @param failure    why there is no file, in 100ms's own word
 * @param stopWanted who wants it stopped
 */
public record Course(@Nullable RecordingStatus status, @Nullable Said<Instant> accepted,
        @Nullable Said<Instant> started, @Nullable Said<Ending> stopped, @Nullable Said<String> failure,
        @Nullable Said<StopWish> stopWanted) {
    static final Course NOT_BEGUN = new Course(null, null, null, null, null, null);

    /** When and why it ended, as far as 100ms said. */
    public record Ending(@Nullable Instant at, @Nullable String reason) {}

    Course reach(RecordingStatus other) {
        var reached = status == null ? other : status.join(other);
        return reached == status ? this : new Course(reached, accepted, started, stopped, failure, stopWanted);
    }

    Course accept(Evidence.Accepted evidence) {
        return new Course(status, Said.later(accepted, evidence.stamp(), evidence.createdAt()), started, stopped,
                failure, stopWanted).reach(RecordingStatus.RECORDING);
    }

    Course start(Evidence.Started evidence) {
        var at = evidence.startedAt();
        return new Course(status, accepted, at == null ? started : Said.later(started, evidence.stamp(), at), stopped,
                failure, stopWanted).reach(RecordingStatus.RECORDING);
    }

    Course wantStop(Evidence.StopWanted evidence) {
        return new Course(status, accepted, started, stopped, failure,
                Said.later(stopWanted, evidence.stamp(), evidence.wish()));
    }

    /** That it stopped counts even when nothing is said of when and why; then it says nothing against what is known. */
    Course stop(Evidence.Stopped evidence) {
        var isBare = evidence.endedAt() == null && evidence.reason() == null;
        return new Course(status, accepted, started,
                isBare
                        ? stopped
                        : Said.later(stopped, evidence.stamp(), new Ending(evidence.endedAt(),
                                evidence.reason())),
                failure, stopWanted).reach(RecordingStatus.PROCESSING);
    }

    Course fail(Evidence.Failed evidence) {
        return new Course(status, accepted, started, stopped,
                Said.later(failure, evidence.stamp(), evidence.failure()), stopWanted).reach(RecordingStatus.FAILED);
    }
}
