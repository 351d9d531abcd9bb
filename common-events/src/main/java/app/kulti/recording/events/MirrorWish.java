package app.kulti.recording.events;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is wanted of the mirror as of a state; the mirror acts on this and on nothing else. */
public enum MirrorWish {
    @JsonProperty("nothing")
    NOTHING,

    /** Copy the state's source to the state's object key. */
    @JsonProperty("copy")
    COPY,

    /** Remove object and plan, stop a running copy, and say so with {@link MirrorReport.Removed}. */
    @JsonProperty("remove")
    REMOVE
}
