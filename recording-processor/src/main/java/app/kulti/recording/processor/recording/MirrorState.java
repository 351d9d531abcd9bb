package app.kulti.recording.processor.recording;

/** How the copy of a recording's present file is doing. */
public enum MirrorState {
    /** There is no file. */
    NONE("none"),
    /** There should be one. */
    WANTED("wanted"),
    /** It has begun. */
    COPYING("copying"),
    /** It equals its source. */
    VERIFIED("verified"),
    /** It cannot be made. */
    REFUSED("refused");

    private final String wireName;

    MirrorState(String wireName) {
        this.wireName = wireName;
    }

    /** The word in tables. */
    public String wireName() {
        return wireName;
    }
}
