package app.kulti.recording.infra.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.Callable;
import kafka.Kafka;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a broker in this JVM until it is asked to end. */
@Command(name = "kafka", description = "One Kafka broker in KRaft mode.", mixinStandardHelpOptions = true)
final class KafkaCommand implements Callable<Integer> {

    private static final int NODE = 1;

    @Option(names = "--port", defaultValue = "9092", description = "Where clients connect (${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--data", defaultValue = ".local/kafka", description = "Its folder (${DEFAULT-VALUE}).")
    private Path data = Path.of("");

    @Option(names = "--settings", description = "A file of further settings as in server.properties, which win.")
    private @Nullable Path more;

    @Override
    public Integer call() throws Exception {
        var clients = Port.of("Kafka", port, "--port");
        clients.requireFree();
        var logs = data.toAbsolutePath().resolve("log");
        Files.createDirectories(logs);
        if (Files.notExists(logs.resolve("meta.properties"))) {
            format(logs);
        }
        Kafka.main(new String[]{write(settings(logs, clients)).toString()});
        return 0;
    }

    private static void format(Path logs) throws Exception {
        new Formatter().setNodeId(NODE).setClusterId(Uuid.randomUuid().toString())
                .setReleaseVersion(MetadataVersion.latestProduction()).setControllerListenerName("CONTROLLER")
                .addDirectory(logs.toString()).setMetadataLogDirectory(logs.toString()).run();
    }

    private Properties settings(Path logs, Port clients) throws IOException {
        var controller = Port.any("Kafka's controller").number();
        var settings = new Properties();
        settings.putAll(BrokerSettings.ofOneBroker());
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE));
        settings.put("log.dirs", logs.toString());
        // Written here and not stored in the metadata, so that the controller may move from start to start.
        settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controller);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("listeners",
                "PLAINTEXT://127.0.0.1:" + clients.number() + ",CONTROLLER://127.0.0.1:" + controller);
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + clients.number());
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        // A broker that was killed may come back when its former session has ended, which takes 9 s by default.
        settings.put("broker.session.timeout.ms", "4000");
        settings.put("broker.heartbeat.interval.ms", "1000");
        // Small: a machine that runs the whole system has two cores and little memory to spare.
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "2");
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
        if (more != null) {
            try (var reader = Files.newBufferedReader(more)) {
                settings.load(reader);
            }
        }
        return settings;
    }

    private Path write(Properties settings) throws IOException {
        var file = data.resolve("server.properties");
        try (var writer = Files.newBufferedWriter(file)) {
            settings.store(writer, null);
        }
        return file;
    }
}
