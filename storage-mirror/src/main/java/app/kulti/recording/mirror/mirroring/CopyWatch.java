package app.kulti.recording.mirror.mirroring;

/** Looks on while copies are made, for the figures. */
public interface CopyWatch {
    /** A copy has begun. */
    void began();

    /** Bytes have come from the source; said part by part. */
    void read(long bytes);

    /** A copy is over; also told when it was interrupted, as {@link Ending.HandedOver}. */
    void ended(Ending ending);
}
