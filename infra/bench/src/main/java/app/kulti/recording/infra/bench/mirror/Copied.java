package app.kulti.recording.infra.bench.mirror;

/**
 * What it took to copy.
 *
 * @param bytes      that were copied
 * @param seconds    from the order to the proof
 * @param cpuSeconds of whoever copied, source and bucket excluded
 */
record Copied(long bytes, double seconds, double cpuSeconds) {
    private static final double GIB = 1L << 30;

    double mibPerSecond() {
        return bytes / (double) Film.MIB / seconds;
    }

    double cpuSecondsPerGib() {
        return cpuSeconds / (bytes / GIB);
    }
}
