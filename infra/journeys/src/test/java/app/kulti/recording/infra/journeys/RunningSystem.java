package app.kulti.recording.infra.journeys;

import app.kulti.recording.infra.local.run.LocalSystem;
import app.kulti.recording.infra.local.run.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The whole system over the real jars, started once for all journeys of this JVM and ended with it. */
final class RunningSystem {
    private static final class Shared {
        private static final LocalSystem SYSTEM = start();
    }

    private RunningSystem() {}

    static LocalSystem shared() {
        return Shared.SYSTEM;
    }

    private static LocalSystem start() {
        try {
            var target = Files.createDirectories(Path.of("target"));
            return LocalSystem.start(Files.createTempDirectory(target, "system-"), Ports.any(), _ -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
