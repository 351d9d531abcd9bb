package app.kulti.recording.infra.local.run;

import java.util.ArrayList;
import java.util.List;

/**
 * How the JVMs of a local run are set up.
 *
 * @param more what each gets beside its usual options; of an option that is there twice the last counts
 */
public record JvmOptions(List<String> more) {
    /** Short of memory and of cores, and long-lived enough to be worth C1 only. */
    private static final List<String> FRUGAL = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss512k",
            "-XX:MaxMetaspaceSize=128m", "-XX:ReservedCodeCacheSize=48m");

    static final JvmOptions USUAL = new JvmOptions(List.of());

    /** Both of the JVM's compilers, as in production. */
    static final JvmOptions SWIFT = new JvmOptions(
            List.of("-XX:TieredStopAtLevel=4", "-XX:ReservedCodeCacheSize=128m"));

    /** Those that {@code service} gets in a usual run. */
    public static List<String> usual(Service service) {
        return USUAL.with(service.heap());
    }

    List<String> with(String heap) {
        var options = new ArrayList<>(FRUGAL);
        options.add(heap);
        options.addAll(more);
        return options;
    }
}
