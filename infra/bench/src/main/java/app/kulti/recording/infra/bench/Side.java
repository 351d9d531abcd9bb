package app.kulti.recording.infra.bench;

/** One of the two that are compared. */
@FunctionalInterface
public interface Side {
    /** Does the work once and says how it went, in the same unit as the other side. */
    double measure() throws Exception;
}
