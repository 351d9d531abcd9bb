package app.kulti.recording.mirror.mirroring;

import java.io.Serial;

/** Ends a copy from wherever it is; trying the same again at once would end it in the same way. */
public final class CannotCopy extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Ending ending;

    /** Ends it like this. */
    public CannotCopy(Ending ending) {
        super(ending.toString(), null, false, false);
        this.ending = ending;
    }

    /** How. */
    public Ending ending() {
        return ending;
    }

    /** Why, for people. */
    String inWords() {
        return ending instanceof Ending.NotNow notNow ? notNow.cause() : ending.toString();
    }
}
