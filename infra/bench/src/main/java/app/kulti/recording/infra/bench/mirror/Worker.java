package app.kulti.recording.infra.bench.mirror;

import app.kulti.recording.events.MirrorReport;
import app.kulti.recording.events.MirrorWish;
import app.kulti.recording.events.RecordingSource;
import app.kulti.recording.events.RecordingState;
import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.SignedUrl;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.infra.local.LocalProcess;
import app.kulti.recording.infra.local.LocalS3;
import app.kulti.recording.infra.local.LocalServiceException;
import app.kulti.recording.infra.local.Port;
import app.kulti.recording.infra.local.Program;
import app.kulti.recording.infra.local.Readiness;
import app.kulti.recording.infra.local.run.ServiceJars;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** storage-mirror as it is shipped, a process of its own. */
final class Worker implements AutoCloseable {
    static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xmx256m", "-Xss512k");
    private static final Duration READY = Duration.ofSeconds(90);
    private static final Duration COPIED = Duration.ofMinutes(9);

    private final Stage stage;
    private final LocalProcess process;

    private Worker(Stage stage, LocalProcess process) {
        this.stage = stage;
        this.process = process;
    }

    static Worker start(Stage stage, List<String> jvmOptions, Map<String, String> settings) {
        var management = Port.any("management").number();
        var environment = new HashMap<>(Map.of(
                "SERVER_PORT", Integer.toString(Port.any("storage-mirror").number()),
                "MANAGEMENT_SERVER_PORT", Integer.toString(management),
                "SPRING_KAFKA_BOOTSTRAP_SERVERS", stage.kafka(),
                "KULTI_STORAGE_ENDPOINT", stage.s3().toString(),
                "KULTI_STORAGE_REGION", LocalS3.REGION,
                "KULTI_STORAGE_ACCESSKEY", Stage.ACCESS_KEY,
                "KULTI_STORAGE_SECRETKEY", Stage.SECRET_KEY,
                "KULTI_STORAGE_BUCKET", Stage.BUCKET,
                "KULTI_MIRROR_ALLOWEDHOSTS", stage.source().toString()));
        environment.putAll(settings);
        var jar = ServiceJars.ofThisCheckout().jar("storage-mirror", "storage-mirror");
        return new Worker(stage, Program.jar("storage-mirror", jar, jvmOptions,
                stage.folder().resolve("storage-mirror.log")).environment(environment)
                .ready(Readiness
                        .http(URI.create("http://127.0.0.1:%d/actuator/health/readiness".formatted(management))),
                        READY)
                .start().awaitReady());
    }

    /** Copies these, and proves each. */
    Copied copy(List<Film> films) throws IOException {
        var states = films.stream().map(this::state).toList();
        var cpu = cpuSeconds();
        var began = System.nanoTime();
        states.forEach(stage.announcements()::announce);
        for (var state : states) {
            awaitVerified(state);
        }
        return new Copied(films.stream().mapToLong(Film::bytes).sum(), (System.nanoTime() - began) / 1e9,
                cpuSeconds() - cpu);
    }

    /** Begins a copy. */
    RecordingState begin(Film film) {
        var state = state(film);
        stage.announcements().announce(state);
        return state;
    }

    void awaitVerified(RecordingState state) {
        var report = awaitReport(state);
        if (!(report instanceof MirrorReport.Verified)) {
            throw new LocalServiceException("The mirror did not copy: " + report);
        }
    }

    MirrorReport awaitReport(RecordingState state) {
        var id = state.recordingId();
        var report = stage.announcements().await(Set.of(id), COPIED).get(id);
        if (report == null) {
            throw new IllegalStateException("awaited, and not there");
        }
        return report;
    }

    private RecordingState state(Film film) {
        var id = new RecordingId(UUID.randomUUID());
        // What does not say its own length is not told of by 100ms either.
        var declared = film.line() == Film.Line.FAST || film.line() == Film.Line.THROTTLED ? film.bytes() : null;
        var source = new RecordingSource("asset-" + id, null, new SignedUrl(stage.url(film)), null, declared, 60L,
                "1280x720", "mp4");
        return new RecordingState(id, new SessionId(UUID.randomUUID()), null, 1, RecordingStatus.COMPLETED, "hms-1",
                null, null, source, null, MirrorWish.COPY, null, null, false, false);
    }

    double cpuSeconds() throws IOException {
        return CpuTime.of(process.pid());
    }

    /** The most that it has had in memory at any time. */
    double peakMib() throws IOException {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElseThrow() / 1024.0;
        }
    }

    void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }
}
