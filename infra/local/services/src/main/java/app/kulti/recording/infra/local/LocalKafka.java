package app.kulti.recording.infra.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * One Kafka broker in KRaft mode, its own controller, without topics: they must be created. What it has acknowledged is
 * there again after a kill.
 *
 * <p>By hand: {@code java -jar infra/local/services/target/kulti-local-services.jar kafka --port 9092 --data
 * .local/kafka}
 */
public final class LocalKafka implements LocalService {

    private final LocalProcess process;
    private final Port port;
    private final Path data;

    private LocalKafka(LocalProcess process, Port port, Path data) {
        this.process = process;
        this.port = port;
        this.data = data;
    }

    /**
     * Starts it and waits until it serves.
     *
     * @param folder for its data (in {@code data}) and its log ({@code kafka.log}); a second start on it finds its
     * topics again
     */
    public static LocalKafka start(Path folder, Port port) {
        return start(folder, port, List.of());
    }

    /**
     * The same with more options for its JVM, which by itself is that of a machine short of memory and of cores: a
     * broker that is measured wants {@code -XX:TieredStopAtLevel=4}.
     */
    public static LocalKafka start(Path folder, Port port, List<String> jvmOptions) {
        return start(folder, port, jvmOptions, Map.of());
    }

    /**
     * The same with more settings, named as in {@code server.properties}: an authorizer, or a listener that wants to be
     * logged in to. They win over its own.
     */
    public static LocalKafka start(Path folder, Port port, List<String> jvmOptions, Map<String, String> settings) {
        var installation = Installation.find();
        var data = folder.resolve("data").toAbsolutePath();
        var options = new ArrayList<>(List.of("-Xmx160m", "-Xss512k"));
        options.addAll(jvmOptions);
        var arguments = new ArrayList<>(List.of("--data", data.toString()));
        if (!settings.isEmpty()) {
            arguments.addAll(List.of("--settings", write(settings, folder.resolve("more.properties")).toString()));
        }
        return Start.on(port, free -> {
            var program = installation
                    .server("Kafka", folder.resolve("kafka.log"), options, "kafka", "--port",
                            Integer.toString(free.number()))
                    .arguments(arguments.toArray(String[]::new))
                    .ready(Readiness.logged("Kafka Server started"), Duration.ofSeconds(60));
            return new LocalKafka(program.start().awaitReady(), free, data);
        });
    }

    private static Path write(Map<String, String> settings, Path file) {
        var properties = new Properties();
        properties.putAll(settings);
        try {
            Files.createDirectories(file.getParent());
            try (var writer = Files.newBufferedWriter(file)) {
                properties.store(writer, null);
            }
            return file.toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As clients want it: {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port.number();
    }

    @Override
    public LocalProcess process() {
        return process;
    }

    @Override
    public Path data() {
        return data;
    }
}
