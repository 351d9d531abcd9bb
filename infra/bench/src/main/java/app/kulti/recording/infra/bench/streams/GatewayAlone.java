package app.kulti.recording.infra.bench.streams;

import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.infra.db.LocalDatabase;
import app.kulti.recording.infra.db.Login;
import app.kulti.recording.infra.local.LocalKafka;
import app.kulti.recording.infra.local.LocalPostgres;
import app.kulti.recording.infra.local.LocalProcess;
import app.kulti.recording.infra.local.Port;
import app.kulti.recording.infra.local.Program;
import app.kulti.recording.infra.local.Readiness;
import app.kulti.recording.infra.local.Started;
import app.kulti.recording.infra.local.run.Credentials;
import app.kulti.recording.infra.local.run.ServiceJars;
import app.kulti.recording.infra.messaging.Publisher;
import app.kulti.recording.infra.messaging.TopicProvisioning;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** One gateway, the real jar, with a broker and a database of its own, and nobody else on either. */
final class GatewayAlone implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    /** What fits 512 MiB: half of it heap, the rest for code, threads and what is on its way to sockets. */
    private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xmx256m", "-Xss512k",
            "-XX:TieredStopAtLevel=1", "-XX:MaxMetaspaceSize=128m", "-XX:ReservedCodeCacheSize=48m",
            "-XX:MaxDirectMemorySize=64m");

    private final Started parts = Started.endingWithThisJvm();
    private final LocalPostgres postgres;
    private final Port port = Port.any("gateway");
    private final LocalProcess process;
    private final Publisher<RecordingEvent> events;

    private GatewayAlone(Path folder) throws SQLException, InterruptedException {
        var kafka = parts.add(LocalKafka.start(folder.resolve("kafka"), Port.any("Kafka")));
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
            TopicProvisioning.createMissing(admin, (short) 1, LIMIT);
        }
        var producers = new DefaultKafkaProducerFactory<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers(),
                        ProducerConfig.LINGER_MS_CONFIG,
                        0),
                new StringSerializer(), new ByteArraySerializer());
        parts.add(producers::destroy);
        events = new Publisher<>(Topics.EVENTS, new KafkaTemplate<>(producers));
        postgres = parts.add(LocalPostgres.start(folder.resolve("postgres"), Port.any("PostgreSQL"),
                LocalPostgres.Durability.KILL));
        LocalDatabase.prepare(postgres.jdbcUrl(), LocalPostgres.SUPERUSER, LocalPostgres.PASSWORD);
        process = parts.add(program(folder, kafka).start()).awaitReady();
    }

    /** Ready to be asked. */
    static GatewayAlone start(Path folder) throws SQLException, InterruptedException {
        return new GatewayAlone(folder);
    }

    private Program program(Path folder, LocalKafka kafka) {
        var management = Port.any("gateway's management");
        return Program.jar("api-gateway", ServiceJars.ofThisCheckout().jar("api-gateway", "api-gateway"), JVM,
                folder.resolve("logs").resolve("api-gateway.log"))
                .environment(Map.of(
                        "SERVER_PORT", Integer.toString(port.number()),
                        "MANAGEMENT_SERVER_PORT", Integer.toString(management.number()),
                        "SPRING_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                        "SPRING_R2DBC_URL",
                        "r2dbc:postgresql://127.0.0.1:%d/%s".formatted(postgres.port(), LocalPostgres.DATABASE),
                        "SPRING_R2DBC_PASSWORD", LocalDatabase.passwordOf(Login.GATEWAY),
                        "KULTI_AUTH_JWTSECRET", Credentials.JWT_SECRET,
                        "KULTI_STORAGE_ENDPOINT", "http://127.0.0.1:1",
                        "KULTI_STORAGE_REGION", "local",
                        "KULTI_STORAGE_ACCESSKEY", "none",
                        "KULTI_STORAGE_SECRETKEY", "none"))
                .ready(Readiness.http(URI.create("http://127.0.0.1:%d/actuator/health/readiness"
                        .formatted(management.number()))), LIMIT);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port.number());
    }

    /** A token for an hour. */
    static String token(UUID user) {
        var now = Instant.now();
        return Credentials.token(user, now, now.plusSeconds(3600));
    }

    /** The app's own connection to the database; the caller's to close. */
    Connection app() throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), LocalPostgres.SUPERUSER, LocalPostgres.PASSWORD);
    }

    /** As the processor publishes it; done when the broker has it. */
    CompletableFuture<Void> publish(RecordingEvent event) {
        return events.publish(Envelope.of(new EventId(UUID.randomUUID()), Instant.now(), ServiceName.PROCESSOR, event));
    }

    /** The most that was resident at any time, by the kernel's count ({@code VmHWM}). */
    double mostResidentMebibytes() throws IOException {
        try (var status = Files.lines(Path.of("/proc/%d/status".formatted(process.pid())))) {
            return status.filter(line -> line.startsWith("VmHWM:")).map(line -> line.replaceAll("[^0-9]", ""))
                    .mapToDouble(kibibytes -> Long.parseLong(kibibytes) / 1024.0).findFirst().orElseThrow();
        }
    }

    @Override
    public void close() {
        parts.close();
    }
}
