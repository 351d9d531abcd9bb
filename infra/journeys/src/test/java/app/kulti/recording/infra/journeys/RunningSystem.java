package app.kulti.recording.infra.journeys;

import app.kulti.recording.infra.local.run.LocalSystem;
import app.kulti.recording.infra.local.run.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The whole system over the real jars, started once for all journeys of this JVM and ended with it. It logs as in production and
 * traces all that is done.
 */
final class RunningSystem {
    /** Part of the page that 100ms's browser opens, which nobody else may see. */
    static final String MEETING_KEY = "key-of-the-recording-browser";

    private static final class Shared {
        private static final Collector SPANS = collector();
        private static final LocalSystem SYSTEM = start();
    }

    private RunningSystem() {}

    static LocalSystem shared() {
        return Shared.SYSTEM;
    }

    /** What was traced in it. */
    static Collector spans() {
        return Shared.SPANS;
    }

    private static Collector collector() {
        try {
            return Collector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LocalSystem start() {
        try {
            var target = Files.createDirectories(Path.of("target"));
            return LocalSystem.start(Files.createTempDirectory(target, "system-"), Ports.any(), Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT", spans().endpoint(),
                    "OTEL_BSP_SCHEDULE_DELAY", "200",
                    "LOGGING_STRUCTURED_FORMAT_CONSOLE", "ecs",
                    "KULTI_HMS_MEETINGURL", "https://kulti.example/preview/{roomId}?page=" + MEETING_KEY), _ -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
