package app.kulti.recording.mirror.mirroring;

import java.io.Serial;

/**
 * What has been stored so far is good for nothing any more: the bucket knows the upload no longer, because it was
 * completed or given up, by another worker or by an answer that was lost; or the source shows another file.
 */
public final class PlanVoid extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Says why, without URLs. */
    public PlanVoid(String why) {
        super(why, null, false, false);
    }
}
