package app.kulti.recording.infra.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs an S3 server in this JVM until it is asked to end. */
@Command(name = "s3", description = "An S3 server over a folder.", mixinStandardHelpOptions = true)
final class S3Command implements Callable<Integer> {

    static final String SERVES = "S3 serves at ";

    @Option(names = "--port", defaultValue = "9000", description = "Where clients connect (${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--data", defaultValue = ".local/s3", description = "Its folder (${DEFAULT-VALUE}).")
    private Path data = Path.of("");

    @Option(names = "--access-key", defaultValue = "local", description = "Who may sign (${DEFAULT-VALUE}).")
    private String accessKey = "";

    @Override
    public Integer call() throws Exception {
        var clients = Port.of("S3", port, "--port");
        clients.requireFree();
        var secretKey = secretKey();
        Files.createDirectories(data);
        requireAttributes(data);
        var endpoint = URI.create("http://127.0.0.1:" + clients.number());
        var server = S3Proxy.builder().blobStore(new FilesystemNio2BlobStore(data.toAbsolutePath().toString()))
                .endpoint(endpoint)
                .servicePath(LocalS3.PATH).awsAuthentication(AuthenticationType.AWS_V4, accessKey, secretKey)
                // Clients send checksum and trace headers that it does not know.
                .ignoreUnknownHeaders(true).build();
        server.start();
        System.out.println(SERVES + endpoint + LocalS3.PATH);
        Thread.currentThread().join();
        return 0;
    }

    /**
     * Types and user metadata of objects are kept as extended attributes; without them they would be lost without a
     * word.
     */
    private static void requireAttributes(Path folder) throws IOException {
        var trial = Files.createTempFile(folder, ".attributes-", null);
        try {
            Files.setAttribute(trial, "user:kulti", new byte[]{1});
        } catch (IOException | UnsupportedOperationException e) {
            throw new LocalServiceException(
                    "The file system of %s keeps no extended attributes: choose another folder with --data"
                            .formatted(folder),
                    e);
        } finally {
            Files.delete(trial);
        }
    }

    private static String secretKey() {
        @Nullable
        String secretKey = System.getenv(LocalS3.SECRET_VARIABLE);
        if (secretKey == null || secretKey.isEmpty()) {
            throw new LocalServiceException("The secret key is missing: set " + LocalS3.SECRET_VARIABLE);
        }
        return secretKey;
    }
}
