package app.kulti.recording.processor.figures;

import java.time.Duration;

/**
 * How all recordings stand at one moment.
 *
 * @param active           are being recorded
 * @param oldestProcessing since the stop of the one that has been processing for longest; zero without one
 * @param oldestUnmirrored since the end of the oldest that wants a copy and has none; zero without one
 * @param storedBytes      of all verified copies
 */
public record Standing(long active, Duration oldestProcessing, Duration oldestUnmirrored, long storedBytes) {}
