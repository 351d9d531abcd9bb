package app.kulti.recording.mirror.mirroring;

/** Why a copy could not be made now; few enough to be counted by. */
public enum Fault {
    /** The source is away, breaks off or refuses. */
    SOURCE,
    /** The bucket is. */
    BUCKET,
    /** Another worker seems to be on the same film. */
    CONTENTION,
    /** A mistake in this service. */
    UNEXPECTED
}
