package app.kulti.recording.gateway.s3;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.infra.local.testing.RealS3;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;

/** What the gateway says of its own S3 keys, with a store that checks signatures. */
class SignatureTrialIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final RealS3 store = RealS3.shared();
    private final String bucket = store.freshBucket();

    @Test
    void keysThatWork() {
        assertThat(obstacle(store.endpoint(), store.accessKey(), store.secretKey())).isNull();
    }

    @Test
    void aSecretThatIsWrong() {
        assertThat(obstacle(store.endpoint(), store.accessKey(), "another secret"))
                .contains("403", "KULTI_STORAGE_ACCESSKEY", "KULTI_STORAGE_SECRETKEY").doesNotContain("another secret");
    }

    @Test
    void aKeyThatIsNotThere() {
        assertThat(obstacle(store.endpoint(), "removed", store.secretKey()))
                .contains("403", "KULTI_STORAGE_ACCESSKEY", "KULTI_STORAGE_SECRETKEY").doesNotContain("removed");
    }

    @Test
    void whereNobodyIs() {
        assertThat(obstacle(URI.create("http://127.0.0.1:1/storage"), "access", "secret"))
                .contains("does not answer (ConnectException)", "KULTI_STORAGE_ENDPOINT")
                .doesNotContain("Signature", "127.0.0.1");
    }

    /** Supabase's ways to say that there is no such object, and what may be found in its place. */
    @Test
    void itIsTheCodeThatCountsAndNotTheStatus() {
        var missing = "<Error><Code>NoSuchKey</Code><Message>Object not found</Message></Error>";
        assertThat(obstacleWith(404, missing)).isNull();
        assertThat(obstacleWith(400, missing)).isNull();
        assertThat(obstacleWith(404, "<html>Not here</html>")).contains("answers 404", "KULTI_STORAGE_ENDPOINT");
        assertThat(obstacleWith(302, "")).contains("answers 302", "KULTI_STORAGE_ENDPOINT");
        assertThat(obstacleWith(200, "<html>Welcome</html>")).contains("answers 200", "KULTI_STORAGE_ENDPOINT");
        assertThat(obstacleWith(403, "<Error><Code>AccessDenied</Code></Error>")).contains("let the S3 keys list",
                "KULTI_STORAGE_ACCESSKEY");
        assertThat(obstacleWith(403, "<Error><Code>RequestTimeTooSkewed</Code></Error>")).contains("clock");
    }

    private @Nullable String obstacleWith(int status, String body) {
        var server = HttpServer.create().host("127.0.0.1").port(0).handle((_, response) -> response.status(status)
                .header("Location", "/elsewhere").sendString(Mono.just(body))).bindNow(LIMIT);
        try {
            return obstacle(URI.create("http://127.0.0.1:" + server.port()), "access", "secret");
        } finally {
            server.disposeNow(LIMIT);
        }
    }

    private @Nullable String obstacle(URI endpoint, String accessKey, String secretKey) {
        var settings = new StorageSettings(endpoint, store.region(), accessKey, secretKey, bucket);
        return new SignatureTrial(new S3ObjectLinks(settings, Clock.systemUTC()), UUID::randomUUID).obstacle()
                .block(LIMIT);
    }
}
