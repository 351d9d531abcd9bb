package app.kulti.recording.infra.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class LocalS3IT {

    private static final String ACCESS_KEY = "access";
    private static final String SECRET_KEY = "secret";
    private static final String BUCKET = "recordings";
    private static final byte[] PART = new byte[5 << 20];

    @TempDir
    private static Path folder;

    private static LocalS3 server;
    private static S3Client s3;

    @BeforeAll
    static void start() {
        new Random(1).nextBytes(PART);
        server = LocalS3.start(folder, Port.any("S3"), ACCESS_KEY, SECRET_KEY);
        server.createBucket(BUCKET);
        s3 = client(ACCESS_KEY, SECRET_KEY);
    }

    @AfterAll
    static void stop() {
        s3.close();
        server.close();
    }

    @Test
    void anObjectComesBackWithTypeAndMetadataAfterAKill() {
        s3.putObject(put -> put.bucket(BUCKET).key("a/killed.mp4").contentType("video/mp4").cacheControl("max-age=3600")
                .metadata(Map.of("recording", "42")), RequestBody.fromBytes(PART));

        server.kill();
        server.restart();

        var object = s3.getObjectAsBytes(get -> get.bucket(BUCKET).key("a/killed.mp4"));
        assertThat(object.asByteArray()).isEqualTo(PART);
        assertThat(object.response().contentType()).isEqualTo("video/mp4");
        assertThat(object.response().cacheControl()).isEqualTo("max-age=3600");
        assertThat(object.response().metadata()).containsEntry("recording", "42");
    }

    @Test
    void aWrongSecretIsRefused() {
        try (var stranger = client(ACCESS_KEY, "wrong")) {
            assertThatThrownBy(() -> stranger.listObjectsV2(list -> list.bucket(BUCKET)))
                    .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
        }
    }

    @Test
    void anUnknownAccessKeyIsRefused() {
        try (var stranger = client("nobody", SECRET_KEY)) {
            assertThatThrownBy(() -> stranger.listObjectsV2(list -> list.bucket(BUCKET)))
                    .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
        }
    }

    @Test
    void aMultipartUploadOutlivesAKillAndIsJoined() throws Exception {
        var id = s3.createMultipartUpload(create -> create.bucket(BUCKET).key("multi.mp4")).uploadId();
        var first = part(id, 1);
        server.kill();
        server.restart();
        var second = part(id, 2);

        s3.completeMultipartUpload(complete -> complete.bucket(BUCKET).key("multi.mp4").uploadId(id)
                .multipartUpload(CompletedMultipartUpload.builder().parts(first, second).build()));

        assertThat(first.eTag()).contains(HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(PART)));
        assertThat(s3.headObject(head -> head.bucket(BUCKET).key("multi.mp4")).contentLength())
                .isEqualTo(2L * PART.length);
    }

    @Test
    void aSignedLinkPlaysARangeAndATamperedOneDoesNot() throws Exception {
        s3.putObject(put -> put.bucket(BUCKET).key("linked.mp4"), RequestBody.fromBytes(PART));
        s3.putObject(put -> put.bucket(BUCKET).key("other.mp4"), RequestBody.fromBytes(PART));
        URI link;
        try (var presigner = S3Presigner.builder().endpointOverride(server.endpoint()).region(Region.of(LocalS3.REGION))
                .credentialsProvider(credentials(ACCESS_KEY, SECRET_KEY)).serviceConfiguration(pathStyle()).build()) {
            link = presigner.presignGetObject(sign -> sign.signatureDuration(Duration.ofMinutes(5))
                    .getObjectRequest(get -> get.bucket(BUCKET).key("linked.mp4"))).url().toURI();
        }
        try (var http = HttpClient.newHttpClient()) {
            var range = http.send(HttpRequest.newBuilder(link).header("Range", "bytes=100-199").build(),
                    BodyHandlers.ofByteArray());
            assertThat(range.statusCode()).isEqualTo(206);
            assertThat(range.body()).hasSize(100).startsWith(PART[100], PART[101]);
            assertThat(range.headers().firstValue("Content-Range")).contains("bytes 100-199/" + PART.length);

            var tampered = URI.create(link.toString().replace("linked.mp4", "other.mp4"));
            assertThat(http.send(HttpRequest.newBuilder(tampered).build(), BodyHandlers.discarding()).statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void itIsSmall() {
        assertThat(Memory.residentMebibytes(server.process())).isLessThan(200);
    }

    private static CompletedPart part(String upload, int number) {
        var etag = s3.uploadPart(part -> part.bucket(BUCKET).key("multi.mp4").uploadId(upload).partNumber(number),
                RequestBody.fromBytes(PART)).eTag();
        return CompletedPart.builder().partNumber(number).eTag(etag).build();
    }

    private static S3Client client(String accessKey, String secretKey) {
        return S3Client.builder().endpointOverride(server.endpoint()).region(Region.of(LocalS3.REGION))
                .credentialsProvider(credentials(accessKey, secretKey)).serviceConfiguration(pathStyle()).build();
    }

    private static S3Configuration pathStyle() {
        return S3Configuration.builder().pathStyleAccessEnabled(true).build();
    }

    private static StaticCredentialsProvider credentials(String accessKey, String secretKey) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey));
    }
}
