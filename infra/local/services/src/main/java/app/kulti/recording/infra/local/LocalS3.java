package app.kulti.recording.infra.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An S3 server that checks signatures (SigV4) and keeps its objects as files. It answers under the same path as
 * Supabase Storage does, and wants path-style addresses.
 *
 * <p>By hand: {@code KULTI_LOCAL_S3_SECRETKEY=… java -jar infra/local/services/target/kulti-local-services.jar s3
 * --port 9000 --data .local/s3 --access-key local}
 */
public final class LocalS3 implements LocalService {

    /** What is signed for; the server takes any. */
    public static final String REGION = "us-east-1";

    static final String PATH = "/storage/v1/s3";
    static final String SECRET_VARIABLE = "KULTI_LOCAL_S3_SECRETKEY";

    private final LocalProcess process;
    private final Port port;
    private final Path data;

    private LocalS3(LocalProcess process, Port port, Path data) {
        this.process = process;
        this.port = port;
        this.data = data;
    }

    /**
     * Starts it and waits until it serves.
     *
     * @param folder for its data (in {@code data}) and its log ({@code s3.log}); a second start on it finds its objects
     * again
     */
    public static LocalS3 start(Path folder, Port port, String accessKey, String secretKey) {
        return start(folder, port, accessKey, secretKey, List.of());
    }

    /**
     * The same with more options for its JVM, which by itself is that of a machine short of memory and of cores: a
     * server that something is measured with wants {@code -XX:TieredStopAtLevel=4}.
     */
    public static LocalS3 start(Path folder, Port port, String accessKey, String secretKey, List<String> jvmOptions) {
        var installation = Installation.find();
        var data = folder.resolve("data").toAbsolutePath();
        var options = new ArrayList<>(List.of("-Xmx128m"));
        options.addAll(jvmOptions);
        return Start.on(port, free -> {
            var program = installation.server("S3", folder.resolve("s3.log"), options, "s3", "--port",
                    Integer.toString(free.number()), "--data", data.toString(), "--access-key", accessKey)
                    .environment(Map.of(SECRET_VARIABLE, secretKey))
                    .ready(Readiness.logged(S3Command.SERVES), Duration.ofSeconds(60));
            return new LocalS3(program.start().awaitReady(), free, data);
        });
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port.number() + PATH);
    }

    /** Makes a bucket, if it is not there, without an S3 client: a bucket is a folder of the server's data. */
    public void createBucket(String name) {
        try {
            Files.createDirectories(data.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public LocalProcess process() {
        return process;
    }

    @Override
    public Path data() {
        return data;
    }
}
