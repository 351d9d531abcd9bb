package app.kulti.recording.mirror.mirroring;

/** Looks on while copies are made, for the figures. */
public interface CopyWatch {
    /** A copy has begun; {@code underway} tells how it stands until it has ended. */
    void began(Underway underway);

    /** Bytes have come from the source; said part by part. */
    void read(long bytes);

    /** Bytes have been acknowledged by the bucket; said part by part. */
    void stored(long bytes);

    /** A copy is over; also told when it was interrupted, as {@link Ending.HandedOver}. */
    void ended(Underway underway, Ending ending);
}
