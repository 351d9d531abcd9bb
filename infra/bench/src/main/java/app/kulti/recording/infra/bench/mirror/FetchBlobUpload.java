package app.kulti.recording.infra.bench.mirror;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The peer that comes to mind first: fetch, make a blob of it, upload that, in Node. */
final class FetchBlobUpload {
    private static final String SCRIPT = "fetch-blob-upload.mjs";
    private static final String PEAK = "peak KiB ";

    private final String node = Peers.find("node", "apt-get install nodejs (Debian, Ubuntu).");
    private final Stage stage;
    private final Path script;
    private final Path log;

    FetchBlobUpload(Stage stage) {
        this.stage = stage;
        log = stage.folder().resolve("node.log");
        script = stage.folder().resolve(SCRIPT);
        try (var file = Objects.requireNonNull(FetchBlobUpload.class.getResourceAsStream(SCRIPT))) {
            Files.copy(file, script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * How it went.
     *
     * @param peakMib the most that it had in memory
     */
    record Result(Copied copied, double peakMib) {}

    Result copy(Film film) throws IOException, InterruptedException {
        var copied = tryCopy(film).orElseThrow("node", film.bytes(), log);
        stage.empty();
        var peak = Files.readAllLines(log).stream().filter(line -> line.startsWith(PEAK)).toList().getLast();
        return new Result(copied, Long.parseLong(peak.substring(PEAK.length())) / 1024.0);
    }

    /** The same, whatever comes of it. */
    Peers.Ended tryCopy(Film film) throws IOException, InterruptedException {
        return Peers.run(log, Map.of(), List.of(node, script.toString(), stage.url(film).toString(),
                uploadUrl("blob/" + film.name()).toString()));
    }

    private URI uploadUrl(String key) {
        try (var presigner = S3Presigner.builder().endpointOverride(stage.s3()).region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider
                        .create(AwsBasicCredentials.create(Stage.ACCESS_KEY, Stage.SECRET_KEY)))
                .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build()).build()) {
            return URI.create(presigner.presignPutObject(presign -> presign.signatureDuration(Duration.ofHours(1))
                    .putObjectRequest(put -> put.bucket(Stage.BUCKET).key(key).contentType("video/mp4"))).url()
                    .toString());
        }
    }
}
