package app.kulti.recording.processor.advance;

import app.kulti.recording.events.MirrorWish;
import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.RecordingFinding;
import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.processor.advance.Note.Decision;
import app.kulti.recording.processor.recording.Evidence;
import app.kulti.recording.processor.recording.Lifetime;
import app.kulti.recording.processor.recording.Recording;
import app.kulti.recording.processor.recording.Stamp;
import java.util.List;

/** What a look at the clock has found; judged again by the clock and the state of now. */
final class Clocks {
    private final Lifetime lifetime;

    Clocks(Lifetime lifetime) {
        this.lifetime = lifetime;
    }

    void limitNears(Draft draft, Cause cause, RecordingFinding.LimitNears finding) {
        var recording = ApplyFindings.recording(draft, cause, finding);
        if (recording == null) {
            return;
        }
        if (!lifetime.nearsLimit(recording, draft.now())) {
            refuse(draft, cause, recording, "it is not about to be stopped");
            return;
        }
        draft.history().note(cause, recording.id(), Decision.APPLIED, null, null);
        draft.outgoing().announce(cause, new RecordingEvent.LimitNears(recording.state(), finding.limitAt()));
    }

    void limitReached(Draft draft, Cause cause, RecordingFinding.LimitReached finding) {
        var recording = ApplyFindings.recording(draft, cause, finding);
        if (recording == null) {
            return;
        }
        if (recording.status() != RecordingStatus.RECORDING || recording.isStopDue()) {
            draft.history().note(cause, recording.id(), Decision.APPLIED, "it is being stopped or over", null);
        } else if (lifetime.isOverLimit(recording, draft.now())) {
            draft.advance(cause, recording, List.of(new Evidence.StopWanted(new Stamp(cause.time(), cause.event()),
                    new Evidence.StopWish(null))));
        } else {
            refuse(draft, cause, recording, "it may go on");
        }
    }

    /** The date is reckoned anew: from now on its host has a week, however late this was applied. */
    void expiryNears(Draft draft, Cause cause, RecordingFinding.ExpiryNears finding) {
        var recording = ApplyFindings.recording(draft, cause, finding);
        if (recording == null) {
            return;
        }
        if (!lifetime.nearsExpiry(recording, draft.now())) {
            refuse(draft, cause, recording, "it is not about to expire");
            return;
        }
        var begun = recording.startedAt();
        var expiresAt = begun == null ? finding.expiresAt() : lifetime.expiryOf(begun, draft.now());
        var told = draft.advance(cause, recording,
                List.of(new Evidence.ExpiryTold(new Stamp(cause.time(), cause.event()), expiresAt)));
        draft.outgoing().announce(cause, new RecordingEvent.ExpiryNears(told.state(), expiresAt));
    }

    void expired(Draft draft, Cause cause, RecordingFinding.Expired finding) {
        var recording = ApplyFindings.recording(draft, cause, finding);
        if (recording == null) {
            return;
        }
        if (!lifetime.isExpired(recording, draft.now())) {
            refuse(draft, cause, recording, "it may stay");
            return;
        }
        draft.history().note(cause, recording.id(), Decision.APPLIED, null, null);
        draft.delete(cause, recording, "retention");
    }

    void mirrorOverdue(Draft draft, Cause cause, RecordingFinding.MirrorOverdue finding) {
        var recording = ApplyFindings.recording(draft, cause, finding);
        var stored = recording == null ? null : draft.stored(recording.id());
        if (recording == null || stored == null) {
            return;
        }
        draft.history().note(cause, recording.id(), Decision.APPLIED, null, null);
        var wanted = recording.state().wanted() == MirrorWish.COPY;
        if (!wanted && !recording.lacksLink()) {
            return;
        }
        var asked = stored.askedAgain();
        draft.put(asked.due(Due.of(asked, draft.now())));
        if (wanted && recording.hasLinkAt(draft.now())) {
            draft.outgoing().announceAgain(cause, recording.state());
        } else {
            draft.outgoing().call(cause, HmsCall.ToRenew.of(recording, null, cause.event().toString()));
        }
    }

    void rowDeleted(Draft draft, Cause cause, RecordingFinding.RowDeleted finding) {
        var tombstone = draft.tombstone(finding.recordingId());
        if (tombstone == null) {
            draft.history().note(cause, finding.recordingId(), Decision.REFUSED, "it was not deleted", null);
            return;
        }
        draft.history().note(cause, tombstone.id(), Decision.APPLIED, null, null);
        if (tombstone.removedAt() == null) {
            draft.outgoing().bury(cause, draft, tombstone);
        }
    }

    private static void refuse(Draft draft, Cause cause, Recording recording, String reason) {
        draft.history().note(cause, recording.id(), Decision.REFUSED, reason, null);
    }
}
