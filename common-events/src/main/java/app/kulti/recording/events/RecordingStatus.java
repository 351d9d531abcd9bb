package app.kulti.recording.events;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a recording has come. The order of the constants is the order of the join: a higher one is never taken back. */
public enum RecordingStatus {
    @JsonProperty("recording")
    RECORDING,

    @JsonProperty("processing")
    PROCESSING,

    @JsonProperty("failed")
    FAILED,

    /** Above failed: a file that turns up after a failure is still a file. */
    @JsonProperty("completed")
    COMPLETED;

    /** The higher of the two. */
    public RecordingStatus join(RecordingStatus other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
