package app.kulti.recording.infra.bench.processor;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.wire.Topic;
import app.kulti.recording.infra.db.LocalDatabase;
import app.kulti.recording.infra.local.LocalKafka;
import app.kulti.recording.infra.local.LocalPostgres;
import app.kulti.recording.infra.local.LocalProcess;
import app.kulti.recording.infra.local.Port;
import app.kulti.recording.infra.local.Program;
import app.kulti.recording.infra.local.Started;
import app.kulti.recording.infra.messaging.TopicProvisioning;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** One broker and one database server, which waits for the disk as in production; both sides of a comparison use them. */
public final class BenchServers implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** The broker's own are those of a machine that is short of everything. */
    private static final List<String> BROKER_JVM = List.of("-XX:TieredStopAtLevel=4", "-Xmx512m");

    private final Started parts = Started.endingWithThisJvm();
    private final LocalKafka kafka;
    private final LocalPostgres postgres;
    private final Admin admin;

    public BenchServers(Path folder) throws InterruptedException {
        kafka = parts.add(LocalKafka.start(folder.resolve("kafka"), Port.any("Kafka"), BROKER_JVM));
        postgres = parts.add(LocalPostgres.start(folder.resolve("postgres"), Port.any("PostgreSQL"),
                LocalPostgres.Durability.POWER_CUT));
        admin = parts.add(Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers())));
        TopicProvisioning.createMissing(admin, (short) 1, LIMIT);
    }

    public String brokers() {
        return kafka.bootstrapServers();
    }

    public Admin admin() {
        return admin;
    }

    public LocalPostgres postgres() {
        return postgres;
    }

    /** Starts a program that ends with these servers, before them. */
    public LocalProcess start(Program program) {
        return parts.add(program.start()).awaitReady();
    }

    /** A topic like {@code topic}, under another name. */
    Topic<HmsWebhook> twin(Topic<HmsWebhook> topic, String name)
            throws InterruptedException, ExecutionException, TimeoutException {
        admin.createTopics(List.of(new NewTopic(name, topic.partitions(), (short) 1))).all().get(LIMIT.toSeconds(),
                TimeUnit.SECONDS);
        return new Topic<>(name, topic.owner(), topic.type(), topic.key(), topic.partitions(), topic.kept(),
                topic.maxBytes());
    }

    /** The tables of the system in a database of that name, which may be there already. */
    public BenchDatabase database(String name) throws SQLException {
        var database = new BenchDatabase(postgres.port(), name);
        if (!name.equals(LocalPostgres.DATABASE)) {
            new BenchDatabase(postgres.port(), LocalPostgres.DATABASE).execute("CREATE DATABASE " + name);
        }
        LocalDatabase.prepare(database.jdbcUrl(), LocalPostgres.SUPERUSER, LocalPostgres.PASSWORD);
        return database;
    }

    @Override
    public void close() {
        parts.close();
    }
}
