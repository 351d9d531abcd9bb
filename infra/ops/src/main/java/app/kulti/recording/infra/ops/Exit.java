package app.kulti.recording.infra.ops;

/** How the process ends, for scripts. */
public final class Exit {
    /** Done, as promised. */
    public static final int DONE = 0;
    /** A fault of this tool. */
    public static final int BROKEN = 1;
    /** It was asked for something that makes no sense; nothing was done. */
    public static final int USAGE = 2;
    /** Something cannot be reached or takes no credentials. What was done until then can be taken up again. */
    public static final int UNREACHABLE = 3;
    /** Done, but something is not as it should be. */
    public static final int DIFFERENT = 4;
    /** Not now: somebody else is at it, or a service must stop first. */
    public static final int BUSY = 5;
    /** What was asked for is not there. */
    public static final int NOT_THERE = 6;
    /** Interrupted; it can be resumed. The same as a shell says for Ctrl-C. */
    public static final int CANCELLED = 130;

    private Exit() {}
}
