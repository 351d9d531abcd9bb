package app.kulti.recording.infra.local.run;

import app.kulti.recording.infra.db.LocalDatabase;
import app.kulti.recording.infra.db.Login;
import app.kulti.recording.infra.local.LocalKafka;
import app.kulti.recording.infra.local.LocalPostgres;
import app.kulti.recording.infra.local.LocalProcess;
import app.kulti.recording.infra.local.LocalS3;
import app.kulti.recording.infra.local.LocalServiceException;
import app.kulti.recording.infra.local.Program;
import app.kulti.recording.infra.local.Readiness;
import app.kulti.recording.infra.local.Started;
import app.kulti.recording.infra.local.run.Ports.Listener;
import app.kulti.recording.infra.messaging.TopicProvisioning;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * The whole system on this machine, each part a process of its own: Kafka, PostgreSQL, S3, the 100ms simulator and the four
 * services. Parts can be killed and brought back one by one. Not for use by several threads at once.
 */
public final class LocalSystem implements AutoCloseable {
    /** The four services. */
    public enum Service {
        GATEWAY("api-gateway", Listener.GATEWAY, Listener.GATEWAY_MANAGEMENT, "-Xmx128m"), INGEST("webhook-ingest",
                Listener.INGEST, Listener.INGEST_MANAGEMENT, "-Xmx96m"), PROCESSOR("recording-processor",
                        Listener.PROCESSOR, Listener.PROCESSOR_MANAGEMENT,
                        "-Xmx128m"), MIRROR("storage-mirror", Listener.MIRROR, Listener.MIRROR_MANAGEMENT, "-Xmx256m");

        private final String module;
        private final Listener http;
        private final Listener management;
        private final String heap;

        Service(String module, Listener http, Listener management, String heap) {
            this.module = module;
            this.http = http;
            this.management = management;
            this.heap = heap;
        }

        /** Its folder, its jar and its name to people. */
        public String module() {
            return module;
        }
    }

    private static final Duration READY_LIMIT = Duration.ofSeconds(90);
    private static final Duration TOPICS_LIMIT = Duration.ofSeconds(30);
    /** Short of memory and of cores, and long-lived enough to be worth C1 only. */
    private static final List<String> FRUGAL = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss512k",
            "-XX:MaxMetaspaceSize=128m", "-XX:ReservedCodeCacheSize=48m");

    /** Both of the JVM's compilers, as in production; of an option that is there twice the last counts. */
    private static final List<String> SWIFT = List.of("-XX:TieredStopAtLevel=4", "-XX:ReservedCodeCacheSize=128m");

    private final Path folder;
    private final Ports ports;
    private final Map<String, String> settings;
    private final List<String> jvm;
    private final ServiceJars jars;
    private final Map<Service, LocalProcess> services = new HashMap<>();
    private final Started parts = Started.endingWithThisJvm();
    private final LocalKafka kafka;
    private final LocalPostgres postgres;
    private final LocalS3 s3;
    private final LocalProcess hms;

    private LocalSystem(Path folder, Ports ports, Map<String, String> settings, List<String> jvm,
            Consumer<String> progress) {
        this.folder = folder;
        this.ports = ports;
        this.settings = Map.copyOf(settings);
        this.jvm = jvm;
        this.jars = ServiceJars.ofThisCheckout();
        ports.requireFree();
        try (var side = Executors.newVirtualThreadPerTaskExecutor()) {
            var kafkaStart = CompletableFuture.supplyAsync(this::startKafka, side);
            var postgresStart = CompletableFuture.supplyAsync(this::startPostgres, side);
            var s3Start = CompletableFuture.supplyAsync(this::startS3, side);
            var hmsStart = CompletableFuture.supplyAsync(this::startHms, side);
            kafka = join(kafkaStart);
            postgres = join(postgresStart);
            s3 = join(s3Start);
            hms = join(hmsStart);
            progress.accept("Kafka, PostgreSQL, S3 and the 100ms simulator are up");
            migrate();
            makeTopics();
            s3.createBucket(Credentials.BUCKET);
            progress.accept("Tables, topics and bucket are there");
            for (var service : Service.values()) {
                services.put(service, parts.add(program(service).start()));
            }
            services.values().forEach(LocalProcess::awaitReady);
            progress.accept("API gateway, webhook ingest, recording processor and storage mirror are ready");
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts everything and waits until all are ready.
     *
     * @param folder   for all data and logs; a second start on it finds its data again
     * @param progress hears what is done, in sentences
     * @throws LocalServiceException when a port is taken, or a part does not come up; what had been started is then stopped
     */
    public static LocalSystem start(Path folder, Ports ports, Consumer<String> progress) {
        return start(folder, ports, Map.of(), progress);
    }

    /**
     * The same.
     *
     * @param settings environment variables that the four services get beside those that they need
     */
    public static LocalSystem start(Path folder, Ports ports, Map<String, String> settings, Consumer<String> progress) {
        return new LocalSystem(folder, ports, settings, List.of(), progress);
    }

    /** The same on any free ports, to be measured: it takes more memory, and as long to get warm as in production. */
    public static LocalSystem startToMeasure(Path folder) {
        return new LocalSystem(folder, Ports.any(), Map.of(), SWIFT, _ -> {});
    }

    /** Where the frontend's requests go. */
    public URI gateway() {
        return http(Listener.GATEWAY);
    }

    /** Where 100ms's webhooks go. */
    public URI ingest() {
        return http(Listener.INGEST);
    }

    /** The 100ms simulator, its control API included. */
    public URI hms() {
        return http(Listener.HMS);
    }

    /** Actuator of a service. */
    public URI management(Service service) {
        return http(service.management);
    }

    /** The app that sessions come from. */
    public LocalApp app() {
        return new LocalApp(postgres.jdbcUrl(), LocalPostgres.SUPERUSER, LocalPostgres.PASSWORD);
    }

    public LocalKafka kafka() {
        return kafka;
    }

    public LocalPostgres postgres() {
        return postgres;
    }

    public LocalS3 s3() {
        return s3;
    }

    /** The process of a service, to kill it, to measure it or to bring it back. */
    public LocalProcess process(Service service) {
        var process = services.get(service);
        if (process == null) {
            throw new IllegalStateException(service.module + " was not started");
        }
        return process;
    }

    /** The simulator's process. */
    public LocalProcess hmsProcess() {
        return hms;
    }

    /** Where all parts write their logs. */
    public Path logs() {
        return folder.resolve("logs");
    }

    /** What the operator's command line ({@code infra/ops}) wants to be told by its environment. */
    public Map<String, String> operatorsEnvironment() {
        return Map.ofEntries(
                Map.entry("SPRING_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers()),
                Map.entry("SPRING_DATASOURCE_URL", postgres.jdbcUrl()),
                Map.entry("SPRING_DATASOURCE_USERNAME", Login.OPS.role()),
                Map.entry("SPRING_DATASOURCE_PASSWORD", LocalDatabase.passwordOf(Login.OPS)),
                Map.entry("KULTI_HMS_BASEURL", hms().resolve("/v2").toString()),
                Map.entry("KULTI_HMS_ACCESSKEY", Credentials.HMS_ACCESS_KEY),
                Map.entry("KULTI_HMS_APPSECRET", Credentials.HMS_APP_SECRET),
                Map.entry("KULTI_OPS_GATEWAY", management(Service.GATEWAY).toString()),
                Map.entry("KULTI_OPS_INGEST", management(Service.INGEST).toString()),
                Map.entry("KULTI_OPS_PROCESSOR", management(Service.PROCESSOR).toString()),
                Map.entry("KULTI_OPS_MIRROR", management(Service.MIRROR).toString()));
    }

    /** The operator's command line, as the build has put it. */
    public Path operatorsJar() {
        return jars.jar("infra/ops", "kulti-ops");
    }

    /** Ends every part, the services first. */
    @Override
    public void close() {
        parts.close();
    }

    private LocalKafka startKafka() {
        return parts.add(LocalKafka.start(folder.resolve("kafka"), ports.of(Listener.KAFKA), jvm));
    }

    private LocalPostgres startPostgres() {
        return parts.add(LocalPostgres.start(folder.resolve("postgres"), ports.of(Listener.POSTGRES),
                LocalPostgres.Durability.KILL));
    }

    private LocalS3 startS3() {
        return parts.add(LocalS3.start(folder.resolve("s3"), ports.of(Listener.S3), Credentials.S3_ACCESS_KEY,
                Credentials.S3_SECRET_KEY));
    }

    private LocalProcess startHms() {
        var program = Program.jar("100ms simulator", jars.jar("infra/local/hms", "kulti-hms-simulator"),
                options("-Xmx192m"), logs().resolve("100ms-simulator.log"))
                .environment(Map.of(
                        "KULTI_SIMULATOR_PORT", Integer.toString(ports.number(Listener.HMS)),
                        "KULTI_SIMULATOR_DATA", folder.resolve("hms").toAbsolutePath().toString(),
                        "KULTI_SIMULATOR_ACCESSKEY", Credentials.HMS_ACCESS_KEY,
                        "KULTI_SIMULATOR_APPSECRET", Credentials.HMS_APP_SECRET,
                        "KULTI_SIMULATOR_WEBHOOK_URL", ingest().resolve("/api/webhooks/hms").toString(),
                        // As JSON, since a shell drops variables with a dash in their name.
                        "SPRING_APPLICATION_JSON", "{\"kulti.simulator.webhook.headers.%s\":\"%s\"}".formatted(
                                Credentials.WEBHOOK_SECRET_HEADER, Credentials.WEBHOOK_SECRET)))
                .ready(Readiness.http(hms().resolve("/_simulator/health")), READY_LIMIT);
        return parts.add(program.start()).awaitReady();
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

    private Program program(Service service) {
        var environment = new HashMap<>(settings);
        environment.putAll(environmentOf(service));
        environment.put("SERVER_PORT", Integer.toString(ports.number(service.http)));
        environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(ports.number(service.management)));
        environment.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        return Program.jar(service.module, jars.jar(service.module, service.module), options(service.heap),
                logs().resolve(service.module + ".log"))
                .environment(environment)
                .ready(Readiness.http(management(service).resolve("/actuator/health/readiness")), READY_LIMIT);
    }

    /** Each gets what the contract lets it have, and nothing else. */
    private Map<String, String> environmentOf(Service service) {
        var r2dbcUrl = "r2dbc:postgresql://127.0.0.1:%d/%s".formatted(postgres.port(), LocalPostgres.DATABASE);
        var storage = Map.of(
                "KULTI_STORAGE_ENDPOINT", s3.endpoint().toString(),
                "KULTI_STORAGE_REGION", LocalS3.REGION,
                "KULTI_STORAGE_ACCESSKEY", Credentials.S3_ACCESS_KEY,
                "KULTI_STORAGE_SECRETKEY", Credentials.S3_SECRET_KEY,
                "KULTI_STORAGE_BUCKET", Credentials.BUCKET);
        return switch (service) {
            case GATEWAY -> with(storage, Map.of(
                    "KULTI_AUTH_JWTSECRET", Credentials.JWT_SECRET,
                    "SPRINGDOC_APIDOCS_ENABLED", "true",
                    "SPRING_R2DBC_URL", r2dbcUrl,
                    "SPRING_R2DBC_USERNAME", Login.GATEWAY.role(),
                    "SPRING_R2DBC_PASSWORD", LocalDatabase.passwordOf(Login.GATEWAY)));
            case INGEST -> Map.of(
                    "KULTI_WEBHOOK_SECRETS", Credentials.WEBHOOK_SECRET,
                    "KULTI_WEBHOOK_SECRETHEADER", Credentials.WEBHOOK_SECRET_HEADER);
            case PROCESSOR -> Map.of(
                    "KULTI_HMS_BASEURL", hms().resolve("/v2").toString(),
                    "KULTI_HMS_ACCESSKEY", Credentials.HMS_ACCESS_KEY,
                    "KULTI_HMS_APPSECRET", Credentials.HMS_APP_SECRET,
                    "SPRING_R2DBC_URL", r2dbcUrl,
                    "SPRING_R2DBC_USERNAME", Login.PROCESSOR.role(),
                    "SPRING_R2DBC_PASSWORD", LocalDatabase.passwordOf(Login.PROCESSOR));
            case MIRROR -> with(storage, Map.of(
                    // The simulator's files come over plain http from this machine, which only this line allows.
                    "KULTI_MIRROR_ALLOWEDHOSTS", hms().toString()));
        };
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
        var all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }

    private URI http(Listener listener) {
        return URI.create("http://localhost:" + ports.number(listener));
    }

    private List<String> options(String heap) {
        return Stream.of(frugal(heap), jvm).flatMap(List::stream).toList();
    }

    /** The JVM options that services get here, with {@code heap} such as {@code -Xmx256m}. */
    public static List<String> frugal(String heap) {
        var options = new ArrayList<>(FRUGAL);
        options.add(heap);
        return options;
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
}
