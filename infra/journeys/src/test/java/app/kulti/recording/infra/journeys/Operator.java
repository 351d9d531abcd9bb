package app.kulti.recording.infra.journeys;

import app.kulti.recording.infra.local.run.LocalSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody with the operator's command line, which is run as a process of its own. */
final class Operator {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final LocalSystem system;
    private final String name;

    Operator(LocalSystem system, String name) {
        this.system = system;
        this.name = name;
    }

    /** How a command ended, and what it said. */
    record Said(int exit, String out, String err) {
        JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }

        @Override
        public String toString() {
            return "exit %d%n%s%n%s".formatted(exit, out, err);
        }
    }

    Said runs(String... arguments) {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-jar", system.operatorsJar().toString()));
        command.addAll(List.of(arguments));
        try {
            var out = Files.createTempFile("ops", ".out");
            var err = Files.createTempFile("ops", ".err");
            var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().putAll(system.operatorsEnvironment());
            builder.environment().put("KULTI_OPS_OPERATOR", name);
            var process = builder.start();
            try {
                if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                    throw new AssertionError("%s did not end within %s: %s".formatted(command, LIMIT,
                            Files.readString(err)));
                }
            } finally {
                process.destroyForcibly();
            }
            return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
