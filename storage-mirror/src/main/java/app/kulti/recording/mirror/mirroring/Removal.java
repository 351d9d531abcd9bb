package app.kulti.recording.mirror.mirroring;

import app.kulti.recording.events.ids.RecordingId;

/** Removes all that there may be of a copy; again and again if need be. */
public final class Removal {
    private final Bucket bucket;
    private final Plans plans;
    private final Patience patience;

    /** A remover for any number of films at a time. */
    public Removal(Bucket bucket, Plans plans, Patience patience) {
        this.bucket = bucket;
        this.plans = plans;
        this.patience = patience;
    }

    /** Unfinished uploads first: none of them may become an object once the object is gone. */
    void remove(RecordingId recordingId, String objectKey)
            throws CannotCopy, Patience.Exhausted, InterruptedException {
        try {
            patience.with(() -> {
                bucket.abortAll(objectKey);
                bucket.remove(objectKey);
                plans.remove(recordingId);
                return objectKey;
            });
        } catch (PlanVoid e) {
            throw new IllegalStateException("nothing here follows a plan", e);
        }
    }
}
