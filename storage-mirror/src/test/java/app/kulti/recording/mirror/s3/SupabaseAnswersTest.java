package app.kulti.recording.mirror.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.kulti.recording.infra.observability.checking.Finding;
import app.kulti.recording.mirror.mirroring.Bucket.Film;
import app.kulti.recording.mirror.mirroring.Trouble;
import app.kulti.recording.mirror.mirroring.plan.StoredPart;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that Supabase Storage gives and the S3 server of the other tests does not. */
class SupabaseAnswersTest {
    private static final String KEY = "session/recording.mp4";

    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Storage storage;

    private record Answer(int status, String code) {}

    @BeforeEach
    void setUp() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", this::answer);
        server.start();
        storage = new Storage(new StorageSettings(
                URI.create("http://127.0.0.1:%d/storage/v1/s3".formatted(server.getAddress().getPort())), "us-east-1",
                "access", "secret", "recordings"));
    }

    @AfterEach
    void tearDown() throws IOException {
        storage.close();
        server.stop(0);
    }

    @Test
    void slowDownAndADatabaseThatTimedOutAreAskedAgain() throws Exception {
        answers.addAll(List.of(new Answer(429, "SlowDown"), new Answer(544, "DatabaseTimeout"), new Answer(200, "")));

        assertThat(storage.copies().find(KEY)).contains(new Film(0, null, null));
        assertThat(asked).hasSize(3);
    }

    @Test
    void whatKeepsTimingOutIsTroubleThatMayPass() {
        for (var i = 0; i < 20; i++) {
            answers.add(new Answer(544, "DatabaseTimeout"));
        }

        assertThatThrownBy(() -> storage.copies().find(KEY)).isInstanceOf(Trouble.class)
                .hasMessageContaining("the bucket answered 544");
    }

    @Test
    void anObjectWithoutBytesHasNoLength() throws Exception {
        answers.add(new Answer(200, ""));

        assertThat(storage.copies().find(KEY)).hasValueSatisfying(film -> assertThat(film.size()).isZero());
    }

    @Test
    void anEtagGoesBackAsItCame() throws Exception {
        answers.add(new Answer(200, "<CompleteMultipartUploadResult/>"));

        storage.copies().complete(KEY, "upload", List.of(new StoredPart(1, 5, "0123abcd", "0123abcd", 0),
                new StoredPart(2, 5, "\"4567ef\"", "4567ef", 0)));

        assertThat(bodies.getFirst()).contains("<ETag>0123abcd</ETag>").contains("<ETag>&quot;4567ef&quot;</ETag>");
    }

    @Test
    void aTrialSaysWhatTheBucketDoesNotTake() {
        answers.addAll(List.of(new Answer(200, ""), new Answer(200, ""), new Answer(204, ""),
                new Answer(415, "InvalidMimeType")));

        assertThat(storage.trial().run()).containsExactly(
                Finding.fine("the bucket recordings is there and the S3 keys open it"),
                Finding.fine("the bucket takes video/mp4"),
                Finding.wrong("the bucket takes application/json",
                        "the bucket answered 415 InvalidMimeType: allow application/json in the bucket's settings"));
    }

    @Test
    void aTrialEndsWhereTheKeysAreWrong() {
        answers.add(new Answer(403, "SignatureDoesNotMatch"));

        assertThat(storage.trial().run()).singleElement().satisfies(finding -> {
            assertThat(finding.ok()).isFalse();
            assertThat(finding.detail()).contains("403", "KULTI_STORAGE_ACCESSKEY", "let the keys list the bucket")
                    .doesNotContain("secret");
        });
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            var answer = answers.poll();
            if (answer == null) {
                answer = new Answer(500, "NothingMoreToSay");
            }
            var body = answer.status() < 300
                    ? answer.code()
                    : "<Error><Code>%s</Code></Error>".formatted(answer.code());
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            var empty = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
            exchange.getResponseHeaders().set("Content-Type", "application/xml");
            exchange.sendResponseHeaders(answer.status(), empty ? -1 : bytes.length);
            if (!empty) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }
}
