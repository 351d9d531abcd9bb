package app.kulti.recording.infra.local;

/** The signal that asks a program to end in good order. */
public enum StopSignal {
    /** What most programs expect. */
    TERM,
    /** What PostgreSQL expects: on TERM it would wait for its clients to leave. */
    INT
}
