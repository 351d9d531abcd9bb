package app.kulti.recording.gateway.live;

/** Whether an outcome that is published from now on would reach {@link Outcomes}, and any other event its readers. */
@FunctionalInterface
public interface HearsOutcomes {
    boolean now();
}
