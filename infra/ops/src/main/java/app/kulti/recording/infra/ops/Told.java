package app.kulti.recording.infra.ops;

import org.jspecify.annotations.Nullable;

/** What stands in the way, in words that an operator can act on. */
public final class Told extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exit;

    private Told(int exit, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exit = exit;
    }

    /** The request itself is wrong. */
    public static Told usage(String message) {
        return new Told(Exit.USAGE, message, null);
    }

    /** Something does not answer. */
    public static Told unreachable(String message, @Nullable Throwable cause) {
        return new Told(Exit.UNREACHABLE, message, cause);
    }

    /** It cannot be done now. */
    public static Told busy(String message) {
        return new Told(Exit.BUSY, message, null);
    }

    /** The operator wanted it to stop. */
    public static Told interrupted(String message) {
        return new Told(Exit.CANCELLED, message, null);
    }

    /** It is not there. */
    public static Told notThere(String message) {
        return new Told(Exit.NOT_THERE, message, null);
    }

    /** One of {@link Exit}. */
    public int exit() {
        return exit;
    }

    /** What is said. */
    public String words() {
        return String.valueOf(getMessage());
    }
}
