package app.kulti.recording.infra.local.testing;

import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** Silences a logger while something runs. */
final class Quietly {

    private Quietly() {}

    /** Does so where Logback logs, as in every module here; elsewhere the noise is harmless. */
    static <T> T get(String logger, Supplier<T> work) {
        if (!(LoggerFactory.getLogger(logger) instanceof ch.qos.logback.classic.Logger logback)) {
            return work.get();
        }
        var before = logback.getLevel();
        logback.setLevel(ch.qos.logback.classic.Level.OFF);
        try {
            return work.get();
        } finally {
            logback.setLevel(before);
        }
    }
}
