package app.kulti.recording.infra.local.run;

import app.kulti.recording.infra.local.LocalKafka;
import app.kulti.recording.infra.local.LocalPostgres;
import app.kulti.recording.infra.local.LocalProcess;
import app.kulti.recording.infra.local.LocalS3;
import app.kulti.recording.infra.local.LocalServiceException;
import app.kulti.recording.infra.local.Program;
import app.kulti.recording.infra.local.Readiness;
import app.kulti.recording.infra.local.Started;
import app.kulti.recording.infra.local.run.Ports.Listener;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The whole system on this machine, each part a process of its own: Kafka, PostgreSQL, S3, the 100ms simulator and the four
 * services. Parts can be killed and brought back one by one. Not for use by several threads at once.
 */
public final class LocalSystem implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofSeconds(90);

    private final Path folder;
    private final Ports ports;
    private final Map<String, String> settings;
    private final Footing footing;
    private final ServiceJars jars;
    private final Map<Service, LocalProcess> services = new EnumMap<>(Service.class);
    private final Started parts = Started.endingWithThisJvm();
    private final Neighbours neighbours;
    private final Environments environments;

    private LocalSystem(Path folder, Ports ports, Map<String, String> settings, Footing footing,
            Consumer<String> progress) {
        this.folder = folder;
        this.ports = ports;
        this.settings = Map.copyOf(settings);
        this.footing = footing;
        this.jars = ServiceJars.ofThisCheckout();
        ports.requireFree();
        try {
            neighbours = Neighbours.start(folder, ports, footing, parts, this::startHms);
            environments = new Environments(ports, neighbours);
            progress.accept("Kafka, PostgreSQL, S3 and the 100ms simulator are up");
            neighbours.furnish();
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
        return new LocalSystem(folder, ports, settings, Footing.USUAL, progress);
    }

    /**
     * The same on any free ports, to be measured: it takes more memory, and as long to get warm and to commit as in
     * production.
     */
    public static LocalSystem startToMeasure(Path folder) {
        return new LocalSystem(folder, Ports.any(), Map.of(), Footing.TO_MEASURE, _ -> {});
    }

    /** Where the frontend's requests go. */
    public URI gateway() {
        return ports.url(Listener.GATEWAY);
    }

    /** Where 100ms's webhooks go. */
    public URI ingest() {
        return ports.url(Listener.INGEST);
    }

    /** The 100ms simulator, its control API included. */
    public URI hms() {
        return ports.url(Listener.HMS);
    }

    /** Actuator of a service. */
    public URI management(Service service) {
        return ports.url(service.management());
    }

    /** The app that sessions come from. */
    public LocalApp app() {
        return new LocalApp(postgres().jdbcUrl(), LocalPostgres.SUPERUSER, LocalPostgres.PASSWORD);
    }

    public LocalKafka kafka() {
        return neighbours.kafka();
    }

    public LocalPostgres postgres() {
        return neighbours.postgres();
    }

    public LocalS3 s3() {
        return neighbours.s3();
    }

    /** The process of a service, to kill it, to measure it or to bring it back. */
    public LocalProcess process(Service service) {
        var process = services.get(service);
        if (process == null) {
            throw new IllegalStateException(service.module() + " was not started");
        }
        return process;
    }

    /** The simulator's process. */
    public LocalProcess hmsProcess() {
        return neighbours.hms();
    }

    /** Where all parts write their logs. */
    public Path logs() {
        return folder.resolve("logs");
    }

    /** What the operator's command line ({@code infra/ops}) wants to be told by its environment. */
    public Map<String, String> operatorsEnvironment() {
        return environments.ofOperators();
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

    private LocalProcess startHms() {
        var program = Program.jar("100ms simulator", jars.jar("infra/local/hms", "kulti-hms-simulator"),
                footing.jvm().with("-Xmx192m"), logs().resolve("100ms-simulator.log"))
                .environment(Environments.ofSimulator(ports, folder.resolve("hms")))
                .ready(Readiness.http(hms().resolve("/_simulator/health")), READY_LIMIT);
        return parts.add(program.start()).awaitReady();
    }

    private Program program(Service service) {
        var environment = new HashMap<>(settings);
        environment.putAll(environments.of(service));
        var module = service.module();
        return Program.jar(module, jars.jar(module, module), footing.jvm().with(service.heap()),
                logs().resolve(module + ".log"))
                .environment(environment)
                .ready(Readiness.http(management(service).resolve("/actuator/health/readiness")), READY_LIMIT);
    }
}
