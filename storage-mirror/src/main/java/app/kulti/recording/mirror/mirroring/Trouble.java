package app.kulti.recording.mirror.mirroring;

import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Source or bucket could not do something that they may be able to do in a moment. */
public class Trouble extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Fault fault;
    private final Duration retryAfter;

    /** Says what, in words that may be shown: no URLs, no secrets. */
    public Trouble(Fault fault, String what) {
        this(fault, what, Duration.ZERO);
    }

    /** The same with what it came from. */
    public Trouble(Fault fault, String what, @Nullable Throwable cause) {
        super(what, cause);
        this.fault = fault;
        retryAfter = Duration.ZERO;
    }

    /** The same of somebody who says for how long to stay away. */
    public Trouble(Fault fault, String what, Duration retryAfter) {
        super(what);
        this.fault = fault;
        this.retryAfter = retryAfter;
    }

    /** Whose. */
    Fault fault() {
        return fault;
    }

    /** Nothing before that; zero when nobody said. */
    Duration retryAfter() {
        return retryAfter;
    }

    /** As what ends a copy. */
    Ending.NotNow ending() {
        return new Ending.NotNow(fault, String.valueOf(getMessage()));
    }
}
