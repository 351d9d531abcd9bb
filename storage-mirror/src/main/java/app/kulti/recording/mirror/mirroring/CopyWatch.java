package app.kulti.recording.mirror.mirroring;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Looks on while copies are made: for reports, figures and logs. */
public interface CopyWatch {
    /** Bytes have come from the source; said part by part. */
    void read(long bytes);

    /**
     * How far a copy is; said at its start and now and then.
     *
     * @param stored bytes that the bucket has
     * @param total  bytes of the whole, when the source says so
     */
    void progress(CopyOrder order, long stored, @Nullable Long total);

    /**
     * It is over.
     *
     * @param read bytes that this worker has read from the source for it
     * @param took from the first look to the last
     */
    void ended(CopyOrder order, Ending ending, long read, Duration took);
}
