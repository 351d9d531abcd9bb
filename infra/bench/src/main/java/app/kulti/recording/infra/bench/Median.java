package app.kulti.recording.infra.bench;

import java.util.stream.DoubleStream;

/** The value in the middle, which one that is far off does not move. */
public final class Median {
    private Median() {}

    /** Of an even number of values, the middle of the middle two; of none, an exception. */
    public static double of(DoubleStream values) {
        var sorted = values.sorted().toArray();
        var middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
