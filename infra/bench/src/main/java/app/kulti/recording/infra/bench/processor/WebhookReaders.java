package app.kulti.recording.infra.bench.processor;

import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.infra.db.LocalDatabase;
import app.kulti.recording.infra.db.Login;
import app.kulti.recording.infra.local.LocalPostgres;
import app.kulti.recording.infra.local.Port;
import app.kulti.recording.infra.local.Program;
import app.kulti.recording.infra.local.Readiness;
import app.kulti.recording.infra.local.run.ServiceJars;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Our processor and the plain listener, each a process of its own with a database of its own, on one broker and one
 * database server.
 */
final class WebhookReaders implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofSeconds(90);
    private static final String PROCESSOR = "recording-processor";
    /** The collector that the JVM takes by itself in a container of less than 2 GB. */
    private static final List<String> JVM = List.of("-Xmx512m", "-XX:+UseSerialGC");

    private final BenchServers servers;
    private final WebhookReader processor;
    private final WebhookReader plain;

    WebhookReaders(Path folder) throws Exception {
        servers = new BenchServers(folder);
        try {
            processor = startProcessor(folder);
            plain = startPlain(folder);
        } catch (Exception e) {
            servers.close();
            throw e;
        }
    }

    BenchServers servers() {
        return servers;
    }

    WebhookReader processor() {
        return processor;
    }

    WebhookReader plain() {
        return plain;
    }

    private WebhookReader startProcessor(Path folder) throws Exception {
        var database = servers.database(LocalPostgres.DATABASE);
        var http = Port.any("Recording processor");
        var management = Port.any("Recording processor's management");
        servers.start(Program.jar(PROCESSOR, ServiceJars.ofThisCheckout().jar(PROCESSOR, PROCESSOR), JVM,
                folder.resolve(PROCESSOR + ".log"))
                .environment(Map.of(
                        "SERVER_PORT", Integer.toString(http.number()),
                        "MANAGEMENT_SERVER_PORT", Integer.toString(management.number()),
                        "SPRING_KAFKA_BOOTSTRAP_SERVERS", servers.brokers(),
                        "SPRING_R2DBC_URL", database.r2dbcUrl(),
                        "SPRING_R2DBC_USERNAME", Login.PROCESSOR.role(),
                        "SPRING_R2DBC_PASSWORD", LocalDatabase.passwordOf(Login.PROCESSOR),
                        // No mirror runs here, so that after five minutes the schedule would announce each recording again.
                        "KULTI_RECONCILE_EVERY", "1h",
                        "KULTI_HMS_BASEURL", "http://127.0.0.1:9/v2",
                        "KULTI_HMS_ACCESSKEY", "bench", "KULTI_HMS_APPSECRET", "a-secret-that-nobody-is-asked-for"))
                .ready(Readiness.http(URI.create("http://127.0.0.1:%d/actuator/health/readiness"
                        .formatted(management.number()))), READY_LIMIT));
        return new WebhookReader(servers, Topics.WEBHOOKS, "kulti.processor." + Topics.WEBHOOKS.name(), database);
    }

    private WebhookReader startPlain(Path folder) throws Exception {
        var database = servers.database("plain");
        var topic = servers.twin(Topics.WEBHOOKS, PlainListener.TOPIC);
        servers.start(PlainListener.program(JVM, folder.resolve("plain-listener.log"))
                .environment(Map.of(PlainListener.BROKERS, servers.brokers(), PlainListener.DATABASE,
                        database.r2dbcUrl(), PlainListener.PASSWORD, LocalDatabase.passwordOf(Login.PROCESSOR))));
        return new WebhookReader(servers, topic, PlainListener.GROUP, database);
    }

    @Override
    public void close() {
        processor.close();
        plain.close();
        servers.close();
    }
}
