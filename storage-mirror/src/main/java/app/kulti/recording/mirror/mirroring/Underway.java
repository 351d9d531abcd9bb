package app.kulti.recording.mirror.mirroring;

import app.kulti.recording.events.ids.RecordingId;

/** One copy as it stands at this moment. */
public interface Underway {
    /** Of which recording. */
    RecordingId recordingId();

    /** Where to. */
    String objectKey();

    /** Bytes that the bucket has, those of earlier workers included. */
    long storedBytes();

    /** Bytes that it still lacks; 0 when nobody knows. */
    long remainingBytes();

    /** What has come from the source so far, by the time that it took. */
    double bytesPerSecond();
}
