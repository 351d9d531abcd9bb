package app.kulti.recording.infra.bench;

/** Something this system must be good at, measured beside a peer in the same run. */
public interface Benchmark {
    /** What {@code -Dbench=} calls it. */
    String name();

    /**
     * Measures and reports each figure to {@code bench}.
     *
     * @throws Exception when it could not be measured; a figure that misses its goal is no such thing
     */
    void run(Bench bench) throws Exception;
}
