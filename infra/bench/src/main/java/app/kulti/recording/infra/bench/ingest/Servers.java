package app.kulti.recording.infra.bench.ingest;

import app.kulti.recording.infra.local.LocalKafka;
import app.kulti.recording.infra.local.LocalProcess;
import app.kulti.recording.infra.local.Port;
import app.kulti.recording.infra.local.Program;
import app.kulti.recording.infra.local.Readiness;
import app.kulti.recording.infra.local.Started;
import app.kulti.recording.infra.local.run.ServiceJars;
import app.kulti.recording.infra.messaging.TopicProvisioning;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** A broker, webhook-ingest as it is shipped, and its peer; both of them with the same JVM. */
final class Servers implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xms512m", "-Xmx512m");
    /** The broker's own are those of a machine that is short of everything. */
    private static final List<String> BROKER_JVM = List.of("-XX:TieredStopAtLevel=4", "-Xmx512m");

    private final Started parts = Started.endingWithThisJvm();
    private final Path folder;
    private final LocalKafka kafka;
    private final URI ours;
    private final URI peer;

    private Servers(Path folder) throws InterruptedException {
        this.folder = folder;
        try {
            kafka = parts.add(LocalKafka.start(folder.resolve("kafka"), Port.any("Kafka"), BROKER_JVM));
            makeTopics();
            ours = startOurs();
            peer = startPeer();
        } catch (RuntimeException | InterruptedException e) {
            close();
            throw e;
        }
    }

    /** Starts all three in {@code folder} and waits until they serve. */
    static Servers start(Path folder) throws InterruptedException {
        return new Servers(folder);
    }

    String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    URI ours() {
        return ours;
    }

    URI peer() {
        return peer;
    }

    @Override
    public void close() {
        parts.close();
    }

    private void makeTopics() throws InterruptedException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            TopicProvisioning.createMissing(admin, (short) 1, LIMIT);
        }
    }

    private URI startOurs() {
        var port = Port.any("webhook-ingest").number();
        var management = Port.any("its management").number();
        var jar = ServiceJars.ofThisCheckout().jar("webhook-ingest", "webhook-ingest");
        serve(Program.jar("webhook-ingest", jar, JVM, folder.resolve("webhook-ingest.log")).environment(Map.of(
                "SERVER_PORT", Integer.toString(port),
                "MANAGEMENT_SERVER_PORT", Integer.toString(management),
                "SPRING_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                "KULTI_WEBHOOK_SECRETS", "bench"))
                .ready(Readiness.http(http(management).resolve("/actuator/health/readiness")), LIMIT));
        return http(port);
    }

    private URI startPeer() {
        var port = Port.any("the peer").number();
        serve(Program.main("peer", ConstantAnswer.class, JVM, folder.resolve("peer.log"))
                .arguments(Integer.toString(port)).ready(Readiness.port(port), LIMIT));
        return http(port);
    }

    private void serve(Program program) {
        LocalProcess process = parts.add(program.start());
        process.awaitReady();
    }

    private static URI http(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
