package app.kulti.recording.infra.ops.hms;

/**
 * How far 100ms has come with a replay.
 *
 * @param status in its own word
 */
public record HmsReplay(String status, boolean running, int total, int sent, int failed) {}
