package app.kulti.recording.processor.advance;

import app.kulti.recording.events.MirrorReport;
import app.kulti.recording.infra.messaging.BatchHandler;
import app.kulti.recording.infra.messaging.Received;
import app.kulti.recording.processor.advance.Note.Decision;
import app.kulti.recording.processor.recording.Evidence;
import app.kulti.recording.processor.recording.Evidence.CopyUnderWay;
import app.kulti.recording.processor.recording.Recording;
import app.kulti.recording.processor.recording.Stamp;
import app.kulti.recording.processor.recording.Tombstone;
import java.util.List;

/** What the mirror did, or could not do. */
public final class ApplyReports implements BatchHandler<MirrorReport> {
    private final Advance advance;
    private final Duplicates duplicates;

    /** Takes what does the rest. */
    public ApplyReports(Advance advance, Duplicates duplicates) {
        this.advance = advance;
        this.duplicates = duplicates;
    }

    @Override
    public void handle(List<Received<MirrorReport>> batch) {
        var scope = Scope.empty();
        batch.forEach(received -> scope.event(received.envelope().id()).recording(received.message().recordingId()));
        advance.apply(scope, draft -> batch.forEach(received -> apply(draft, received)));
    }

    private void apply(Draft draft, Received<MirrorReport> received) {
        var cause = Cause.of(received);
        if (duplicates.isOne(draft, cause)) {
            return;
        }
        var report = received.message();
        var recording = draft.recording(report.recordingId());
        var tombstone = draft.tombstone(report.recordingId());
        if (recording != null) {
            apply(draft, cause, recording, report);
        } else if (tombstone != null) {
            apply(draft, cause, tombstone, report);
        } else {
            draft.history().note(cause, report.recordingId(), Decision.REFUSED, "there is no such recording", null);
        }
    }

    private static void apply(Draft draft, Cause cause, Recording recording, MirrorReport report) {
        var stamp = new Stamp(cause.time(), cause.event());
        switch (report) {
            case MirrorReport.Verified it -> heard(draft, cause, recording, new Evidence.Verified(stamp, cause.time(),
                    it.sourceIdentity(), it.objectKey(), it.size(), it.crc32c()));
            case MirrorReport.Refused it ->
                heard(draft, cause, recording,
                        new Evidence.Refused(stamp, it.sourceIdentity(), it.reason(), it.size()));
            case MirrorReport.Copying it -> heard(draft, cause, recording,
                    new Evidence.Copying(stamp, new CopyUnderWay(it.sourceIdentity(), it.bytes())));
            case MirrorReport.NotNow it -> heard(draft, cause, recording,
                    new Evidence.Copying(stamp, new CopyUnderWay(it.sourceIdentity(), null)));
            case MirrorReport.SourceExpired it -> {
                heard(draft, cause, recording,
                        new Evidence.Copying(stamp, new CopyUnderWay(it.sourceIdentity(), null)));
                draft.outgoing().call(cause, HmsCall.ToRenew.of(recording, null, cause.event().toString()));
            }
            case MirrorReport.Removed _ -> draft.history().note(cause, recording.id(), Decision.REFUSED,
                    "the recording was not deleted", null);
        }
    }

    /** A report also says that the mirror is alive: the schedule waits from then on. */
    private static void heard(Draft draft, Cause cause, Recording recording, Evidence evidence) {
        draft.advance(cause, recording, List.of(evidence));
        var stored = draft.stored(recording.id());
        if (stored != null) {
            var reported = stored.reported(cause.time());
            draft.put(reported.equals(stored) ? stored : reported.due(Due.of(reported, draft.now())));
        }
    }

    private static void apply(Draft draft, Cause cause, Tombstone tombstone, MirrorReport report) {
        draft.history().note(cause, tombstone.id(), Decision.APPLIED, null, null);
        switch (report) {
            case MirrorReport.Removed _ -> draft.put(tombstone.removed(cause.time()));
            // A copy that was finished after its recording was deleted: it has to go too.
            case MirrorReport.Verified _ -> draft.outgoing().bury(cause, draft, tombstone.notRemoved());
            case MirrorReport.Refused _,MirrorReport.Copying _,MirrorReport.NotNow _,MirrorReport.SourceExpired _ -> {
                // Says nothing that matters once it is gone.
            }
        }
    }
}
