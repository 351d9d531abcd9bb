package app.kulti.recording.mirror.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.kulti.recording.events.MirrorReport.RefusedBecause;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.infra.observability.checking.Finding;
import app.kulti.recording.mirror.mirroring.Bucket.Film;
import app.kulti.recording.mirror.mirroring.Bucket.Unfinished;
import app.kulti.recording.mirror.mirroring.CannotCopy;
import app.kulti.recording.mirror.mirroring.Ending;
import app.kulti.recording.mirror.mirroring.Fault;
import app.kulti.recording.mirror.mirroring.Parts;
import app.kulti.recording.mirror.mirroring.PlanVoid;
import app.kulti.recording.mirror.mirroring.Trouble;
import app.kulti.recording.mirror.mirroring.plan.CopyPlan;
import app.kulti.recording.mirror.mirroring.plan.StoredPart;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that Supabase Storage gives and the S3 server of the other tests does not. */
class SupabaseAnswersTest {
    private static final String KEY = "session/recording.mp4";

    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<Headers> headers = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Storage storage;

    private static final int HANGS_UP = 0;

    /** With a body when it is good, with an error's code when it is not. */
    private record Answer(int status, String code) {}

    @BeforeEach
    void setUp() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", this::answer);
        server.start();
        storage = new Storage(new StorageSettings(
                URI.create("http://localhost:%d/storage/v1/s3".formatted(server.getAddress().getPort())), "us-east-1",
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

    /** What it does not know it takes for a PUT or DELETE of the object itself, and destroys that. */
    @Test
    void nothingIsAskedOrSentThatSupabaseDoesNotKnow() throws Exception {
        var bodies = List.of("", "<InitiateMultipartUploadResult><UploadId>upload</UploadId>"
                + "</InitiateMultipartUploadResult>", "", "<CompleteMultipartUploadResult/>", "",
                "<ListMultipartUploadsResult/>", "<ListMultipartUploadsResult/>", "<ListPartsResult/>", "", "", "{}",
                "");
        bodies.forEach(body -> answers.add(new Answer(200, body)));
        var recording = new RecordingId(UUID.randomUUID());
        var bucket = storage.copies();

        bucket.find(KEY);
        assertThat(bucket.begin(KEY, recording, "asset")).isEqualTo("upload");
        var etag = bucket.store(KEY, "upload", 1, Parts.empty());
        bucket.complete(KEY, "upload", List.of(new StoredPart(1, 0, etag, etag, 0)));
        bucket.abort(KEY, "upload");
        bucket.abortAll(KEY);
        bucket.unfinished();
        bucket.lastStored(new Unfinished(KEY, "upload", null));
        bucket.remove(KEY);
        storage.plans().save(recording, CopyPlan.begin("upload", "asset", null, 0, 1));
        storage.plans().find(recording);
        storage.plans().remove(recording);

        assertThat(asked).hasSize(bodies.size()).allMatch(call -> call.matches(
                "[A-Z]+ /storage/v1/s3/recordings(/session/recording\\.mp4|/\\.copies/[0-9a-f-]+\\.json)?(\\?.*)?"));
        assertThat(asked).flatExtracting(SupabaseAnswersTest::parameters).isNotEmpty().allMatch(
                name -> Set.of("uploads", "uploadId", "partNumber", "prefix").contains(name)
                        || name.startsWith("X-Amz-"),
                "is known to Supabase");
        assertThat(headers).flatExtracting(Headers::keySet).noneMatch(
                name -> name.matches("(?i)x-amz-(checksum|sdk-checksum|trailer|tagging|acl|object-lock).*"));
        assertThat(headers.get(asked.indexOf(partIn(asked))).keySet()).as("a part is not signed again")
                .noneMatch(name -> name.matches("(?i)authorization|x-amz-.*"));
    }

    private static String partIn(List<String> calls) {
        return calls.stream().filter(call -> call.contains("partNumber")).findFirst().orElseThrow();
    }

    private static List<String> parameters(String call) {
        var query = call.indexOf('?');
        return query < 0
                ? List.of()
                : Stream.of(call.substring(query + 1).split("&")).map(field -> field.split("=", 2)[0]).toList();
    }

    @ParameterizedTest
    @CsvSource({"429,SlowDown", "544,DatabaseTimeout", "500,InternalError", "503,SlowDown"})
    void aPartMayBeSentAgainAfterATroubleThatPasses(int status, String code) {
        answers.add(new Answer(status, code));

        assertThatThrownBy(this::sendPart).isInstanceOf(Trouble.class)
                .hasMessage("the bucket answered %d %s".formatted(status, code));
    }

    @Test
    void aPartThatIsLargerThanTheBucketTakesEndsTheCopy() {
        answers.add(new Answer(413, "EntityTooLarge"));

        assertThatThrownBy(this::sendPart).isInstanceOfSatisfying(CannotCopy.class,
                e -> assertThat(e.ending()).isInstanceOfSatisfying(Ending.Refused.class,
                        refused -> assertThat(refused.flaw().reason()).isEqualTo(RefusedBecause.TOO_LARGE)));
    }

    @Test
    void whoHangsUpOverAPartIsAskedWhy() {
        answers.addAll(List.of(new Answer(HANGS_UP, ""), new Answer(404, "NoSuchUpload")));

        assertThatThrownBy(this::sendPart).isInstanceOf(PlanVoid.class);
        assertThat(asked).last().asString().startsWith("GET ").contains("uploadId=upload");
    }

    @Test
    void whoHangsUpThoughTheUploadIsThereMayTakeThePartTheNextTime() {
        answers.addAll(List.of(new Answer(HANGS_UP, ""), new Answer(200, "<ListPartsResult/>")));

        assertThatThrownBy(this::sendPart).isInstanceOf(Trouble.class)
                .hasMessage("the connection to the bucket broke");
    }

    private void sendPart() throws Trouble, CannotCopy, PlanVoid {
        storage.copies().store(KEY, "upload", 1, Parts.empty());
    }

    @Test
    void aBucketThatIsNotThereIsNotTakenForAnObjectThatIsNot() {
        answers.add(new Answer(404, "NoSuchBucket"));

        assertThatThrownBy(() -> storage.copies().remove(KEY)).isInstanceOfSatisfying(CannotCopy.class,
                e -> assertThat(e.ending())
                        .isEqualTo(new Ending.NotNow(Fault.BUCKET, "the bucket answered 404 NoSuchBucket")));
    }

    @Test
    void whatHasBeenGivenUpIsGivenUpAgain() throws Exception {
        answers.addAll(List.of(new Answer(404, "NoSuchUpload"), new Answer(404, "NoSuchUpload")));

        storage.copies().abort(KEY, "upload");
        storage.copies().abort(KEY, "upload");

        assertThat(asked).hasSize(2);
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
            headers.add(exchange.getRequestHeaders());
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            var answer = answers.poll();
            if (answer == null) {
                answer = new Answer(500, "NothingMoreToSay");
            }
            if (answer.status() == HANGS_UP) {
                return;
            }
            var body = answer.status() < 300
                    ? answer.code()
                    : "<Error><Code>%s</Code></Error>".formatted(answer.code());
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            var empty = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
            exchange.getResponseHeaders().set("Content-Type", "application/xml");
            // Without quotes, as parts have it there.
            exchange.getResponseHeaders().set("ETag", "d41d8cd98f00b204e9800998ecf8427e");
            exchange.sendResponseHeaders(answer.status(), empty ? -1 : bytes.length);
            if (!empty) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }
}
