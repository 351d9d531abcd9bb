package app.kulti.recording.infra.local.run;

import app.kulti.recording.infra.db.LocalDatabase;
import app.kulti.recording.infra.local.LocalKafka;
import app.kulti.recording.infra.local.LocalPostgres;
import app.kulti.recording.infra.local.LocalProcess;
import app.kulti.recording.infra.local.LocalS3;
import app.kulti.recording.infra.local.LocalServiceException;
import app.kulti.recording.infra.local.Started;
import app.kulti.recording.infra.local.run.Ports.Listener;
import app.kulti.recording.infra.messaging.TopicProvisioning;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** What the services work with, and others make: each a process of its own. */
record Neighbours(LocalKafka kafka, LocalPostgres postgres, LocalS3 s3, LocalProcess hms) {
    private static final Duration TOPICS_LIMIT = Duration.ofSeconds(30);

    /**
     * Starts them side by side.
     *
     * @param parts ends those that have been started, also when another does not come up
     * @param hms   starts the 100ms simulator
     */
    static Neighbours start(Path folder, Ports ports, Footing footing, Started parts, Supplier<LocalProcess> hms) {
        try (var side = Executors.newVirtualThreadPerTaskExecutor()) {
            var kafka = CompletableFuture.supplyAsync(() -> parts
                    .add(LocalKafka.start(folder.resolve("kafka"), ports.of(Listener.KAFKA), footing.jvm().more())),
                    side);
            var postgres = CompletableFuture.supplyAsync(() -> parts.add(LocalPostgres.start(
                    folder.resolve("postgres"), ports.of(Listener.POSTGRES), footing.durability())), side);
            var s3 = CompletableFuture.supplyAsync(() -> parts.add(LocalS3.start(folder.resolve("s3"),
                    ports.of(Listener.S3), Credentials.S3_ACCESS_KEY, Credentials.S3_SECRET_KEY)), side);
            var simulator = CompletableFuture.supplyAsync(hms, side);
            return new Neighbours(join(kafka), join(postgres), join(s3), join(simulator));
        }
    }

    private static <T> T join(CompletableFuture<T> start) {
        try {
            return start.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof LocalServiceException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Makes what the services expect to find: tables, topics and the bucket. */
    void furnish() {
        migrate();
        makeTopics();
        s3.createBucket(Credentials.BUCKET);
    }

    private void migrate() {
        try {
            LocalDatabase.prepare(postgres.jdbcUrl(), LocalPostgres.SUPERUSER, LocalPostgres.PASSWORD);
        } catch (SQLException e) {
            throw new LocalServiceException("the tables could not be made", e);
        }
    }

    private void makeTopics() {
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
            TopicProvisioning.createMissing(admin, (short) 1, TOPICS_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalServiceException("Interrupted while making the topics", e);
        }
    }
}
