package app.kulti.recording.infra.local;

/**
 * A local process that could not be started, or did not become ready in time. The message says what to do, or shows the
 * end of its log.
 */
public final class LocalServiceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LocalServiceException(String message) {
        super(message);
    }

    public LocalServiceException(String message, Throwable cause) {
        super(message, cause);
    }

    /** By its words, since the servers' own logs (Java's, PostgreSQL's, and {@link Port}) all use these. */
    boolean isForTakenPort() {
        return String.valueOf(getMessage()).contains("already in use");
    }
}
