package app.kulti.recording.mirror.mirroring;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The source ended before it had sent what it had promised: a broken connection, or, if it always ends there, a broken
 * file.
 */
public final class CutShort extends Trouble {
    @Serial
    private static final long serialVersionUID = 1L;

    private final long at;

    /** It ended after {@code at} bytes of what was asked for. */
    public CutShort(long at, @Nullable Throwable cause) {
        super(Fault.SOURCE, "the source broke off", cause);
        this.at = at;
    }

    /** Bytes that came. */
    long at() {
        return at;
    }
}
