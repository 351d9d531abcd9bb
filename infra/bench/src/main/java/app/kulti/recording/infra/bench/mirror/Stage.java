package app.kulti.recording.infra.bench.mirror;

import app.kulti.recording.infra.local.LocalKafka;
import app.kulti.recording.infra.local.LocalProcess;
import app.kulti.recording.infra.local.LocalS3;
import app.kulti.recording.infra.local.Port;
import app.kulti.recording.infra.local.Program;
import app.kulti.recording.infra.local.Readiness;
import app.kulti.recording.infra.local.Started;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** What all copies of a benchmark have in common: a source, a bucket, and a broker; and workers that come and go. */
final class Stage implements AutoCloseable {
    static final String BUCKET = "recordings";
    static final String ACCESS_KEY = "bench";
    static final String SECRET_KEY = "bench-secret";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** The server that both sides send to is not what is measured: it gets its second compiler. */
    private static final List<String> S3_JVM = List.of("-XX:TieredStopAtLevel=4", "-Xmx256m");
    private static final List<String> SOURCE_JVM = List.of("-XX:+UseSerialGC", "-Xmx128m",
            "-Dslf4j.provider=ch.qos.logback.classic.spi.LogbackServiceProvider");

    private final Started parts = Started.endingWithThisJvm();
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Path folder;
    private final LocalKafka kafka;
    private final LocalS3 s3;
    private final URI source;
    private final Announcements announcements;

    private Stage(Path folder) throws InterruptedException {
        this.folder = folder;
        try {
            kafka = parts.add(LocalKafka.start(folder.resolve("kafka"), Port.any("Kafka")));
            s3 = parts.add(LocalS3.start(folder.resolve("s3"), Port.any("S3"), ACCESS_KEY, SECRET_KEY, S3_JVM));
            s3.createBucket(BUCKET);
            source = startSource();
            announcements = new Announcements(kafka.bootstrapServers());
        } catch (RuntimeException | InterruptedException e) {
            parts.close();
            throw e;
        }
    }

    /** Starts all in {@code folder}, whose films are gone at the end. */
    static Stage start(Path folder) throws InterruptedException {
        return new Stage(folder);
    }

    private URI startSource() {
        var port = Port.any("films").number();
        LocalProcess process = parts
                .add(Program.main("films", FilmSource.class, SOURCE_JVM, folder.resolve("films.log"))
                        .arguments(Integer.toString(port)).ready(Readiness.port(port), LIMIT).start());
        process.awaitReady();
        return URI.create("http://127.0.0.1:" + port);
    }

    /** A worker of this stage, ready to copy. */
    Worker worker(Map<String, String> settings) {
        return worker(Worker.JVM, settings);
    }

    /** The same with a JVM of another kind. */
    Worker worker(List<String> jvmOptions, Map<String, String> settings) {
        return parts.add(Worker.start(this, jvmOptions, settings));
    }

    Path folder() {
        return folder;
    }

    URI s3() {
        return s3.endpoint();
    }

    URI source() {
        return source;
    }

    URI url(Film film) {
        return source.resolve(film.path());
    }

    String kafka() {
        return kafka.bootstrapServers();
    }

    Announcements announcements() {
        return announcements;
    }

    /** Bytes of films that have left the source. */
    long sent() throws IOException, InterruptedException {
        return Long.parseLong(http.send(HttpRequest.newBuilder(source.resolve("/sent")).timeout(LIMIT).build(),
                BodyHandlers.ofString()).body());
    }

    /** Removes what has been copied: an object of this server is a file. */
    void empty() throws IOException {
        var bucket = s3.data().resolve(BUCKET);
        // The mirror removes its plans itself, once its report is acknowledged.
        var plans = bucket.resolve(".copies").toFile();
        Awaitility.await().atMost(LIMIT).until(() -> {
            var left = plans.list();
            return left == null || left.length == 0;
        });
        try (var files = Files.walk(bucket)) {
            for (var file : files.sorted(Comparator.reverseOrder()).filter(file -> !file.equals(bucket)).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() {
        announcements.close();
        parts.close();
    }
}
