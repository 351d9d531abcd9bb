package app.kulti.recording.mirror.mirroring;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Source or bucket could not do something that they may be able to do in a moment. */
public class Trouble extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Says what, in words that may be shown: no URLs, no secrets. */
    public Trouble(String what, @Nullable Throwable cause) {
        super(what, cause);
    }
}
