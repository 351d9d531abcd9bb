package app.kulti.recording.infra.local;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where this module was built: its classes and, beside them, the servers' jars. Both are found from the running code,
 * whether that is {@code target/classes} or the jar.
 *
 * @param code this module's classes
 * @param lib the servers' jars
 */
record Installation(Path code, Path lib) {

    static Installation find() {
        Path code;
        try {
            code = Path.of(Installation.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        var lib = code.resolveSibling("lib");
        if (!Files.isDirectory(lib)) {
            throw new LocalServiceException(
                    "The servers' jars are not in %s. Build them: ./mvnw -pl infra/local/services -am process-classes"
                            .formatted(lib));
        }
        return new Installation(code, lib);
    }

    /** What can be made anew at any time: gone with {@code mvn clean}. */
    Path cache() {
        return lib.resolveSibling("cache");
    }

    /**
     * A JVM of this module's own, small and quick to start, which runs one of the commands of {@link LocalServices}.
     */
    Program server(String name, Path log, List<String> jvmOptions, String... arguments) {
        var small = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dlogback.configurationFile=app/kulti/recording/infra/local/servers-logback.xml",
                // Kafka's Scala and S3Proxy's Guava still use Unsafe; that is not for a reader of the log to mend.
                "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED");
        var main = List.of("-cp", code + File.pathSeparator + lib.resolve("*"), LocalServices.class.getName());
        var options = new ArrayList<>(small);
        options.addAll(jvmOptions);
        return Program.of(name, Program.java(options, main), log).arguments(arguments);
    }
}
