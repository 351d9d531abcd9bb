package app.kulti.recording.events.wire;

/** A record is no message of its topic, and will not become one by reading it again. */
public final class UnreadableMessage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says why.
     *
     * @param reason one sentence for the dead-letter header, without the content itself
     */
    public UnreadableMessage(String reason) {
        super(reason);
    }
}
