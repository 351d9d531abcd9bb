package app.kulti.recording.mirror.mirroring;

import app.kulti.recording.events.MirrorReport;
import app.kulti.recording.events.RecordingState;

/** Puts what happened into the words of the topic. */
final class ReportOf {
    private ReportOf() {}

    static MirrorReport copy(RecordingState state, CopyOrder order, Ending ending) {
        var sourceIdentity = order.sourceIdentity();
        var id = state.recordingId();
        var revision = state.revision();
        return switch (ending) {
            case Ending.Verified verified -> new MirrorReport.Verified(id, revision, sourceIdentity, state.objectKey(),
                    verified.size(), verified.crc32c());
            case Ending.Refused refused -> new MirrorReport.Refused(id, revision, sourceIdentity,
                    refused.flaw().reason(), refused.flaw().detail(), order.declaredSize());
            case Ending.SourceExpired _ -> new MirrorReport.SourceExpired(id, revision, sourceIdentity);
            case Ending.NotNow notNow -> new MirrorReport.NotNow(id, revision, sourceIdentity, notNow.cause());
            case Ending.HandedOver _ -> throw new IllegalArgumentException("what is handed over is not reported");
        };
    }

    static MirrorReport removal(RecordingState state) {
        return new MirrorReport.Removed(state.recordingId(), state.revision());
    }

    static MirrorReport failedRemoval(RecordingState state, String cause) {
        var source = state.source();
        return new MirrorReport.NotNow(state.recordingId(), state.revision(),
                source == null ? "unknown" : source.identity(), cause);
    }
}
