package app.kulti.recording.mirror.mirroring;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.mirror.mirroring.plan.CopyPlan;
import java.util.Optional;

/** Remembers how far each copy has come, where every worker finds it: beside the copies. */
public interface Plans {
    /** The plan of this recording's copy; one that cannot be read is none. */
    Optional<CopyPlan> find(RecordingId recordingId) throws Trouble, CannotCopy;

    /** Puts it in place of the earlier one. */
    void save(RecordingId recordingId, CopyPlan plan) throws Trouble, CannotCopy;

    /** Removes it; one that is not there is no error. */
    void remove(RecordingId recordingId) throws Trouble, CannotCopy;
}
