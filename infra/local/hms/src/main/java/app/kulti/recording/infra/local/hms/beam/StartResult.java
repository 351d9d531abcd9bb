package app.kulti.recording.infra.local.hms.beam;

/** What became of a start. */
public sealed interface StartResult {
    record Started(Recording recording) implements StartResult {}

    record AlreadyStarted() implements StartResult {}

    record NoSuchRoom() implements StartResult {}
}
