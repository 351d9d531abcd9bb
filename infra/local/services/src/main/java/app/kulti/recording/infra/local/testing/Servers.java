package app.kulti.recording.infra.local.testing;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.testcontainers.DockerClientFactory;

/** The one place that chooses where a test's servers run. */
enum Servers {
    /** In containers of Testcontainers. */
    CONTAINERS,
    /** As processes of this machine. */
    PROCESSES;

    private static final class OfThisMachine {
        private static final Servers CHOSEN = choose(Servers::testcontainersIsThere, Servers::dockerAnswers);
    }

    /** Asked once per JVM. */
    static Servers ofThisMachine() {
        return OfThisMachine.CHOSEN;
    }

    static Servers choose(BooleanSupplier testcontainersIsThere, BooleanSupplier dockerAnswers) {
        return testcontainersIsThere.getAsBoolean() && dockerAnswers.getAsBoolean() ? CONTAINERS : PROCESSES;
    }

    /** Starts the one or the other. */
    <S> S start(Supplier<S> container, Supplier<S> process) {
        return switch (this) {
            case CONTAINERS -> container.get();
            case PROCESSES -> process.get();
        };
    }

    /** A module whose tests do not name Testcontainers has processes only. */
    private static boolean testcontainersIsThere() {
        try {
            Class.forName("org.testcontainers.DockerClientFactory", false, Servers.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException _) {
            return false;
        }
    }

    private static boolean dockerAnswers() {
        // Without an engine, which is nothing unusual here, it logs an error with a page of stack traces.
        return Quietly.get("org.testcontainers", () -> DockerClientFactory.instance().isDockerAvailable());
    }
}
