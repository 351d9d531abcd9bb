package app.kulti.recording.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.infra.local.testing.RealKafka;
import app.kulti.recording.ingest.RunningIngest.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/** The running service on a real broker, as 100ms and as strangers meet it. */
class IntakeIT {
    private static final String KEY = "signature-key";
    private static final int LIMIT = 256 * 1024;
    private static final String WHOLE = head("Content-Length: 23") + "{\"type\":\"beam.failure\"}";
    private static final Pattern STATUS = Pattern.compile("HTTP/1.1 (\\d{3})");

    private static RunningIngest ingest;
    private static RunningIngest signed;
    private static WebhooksTopic topic;

    @BeforeAll
    static void start() throws Exception {
        var kafka = RealKafka.shared().bootstrapServers();
        topic = WebhooksTopic.create(kafka);
        ingest = RunningIngest.start(kafka);
        signed = RunningIngest.start(kafka, "--kulti.webhook.signature-keys=" + KEY,
                "--kulti.webhook.allowed-cidrs=203.0.113.7", "--kulti.webhook.trusted-proxies=127.0.0.0/8,::1");
        ingest.awaitReady();
        signed.awaitReady();
    }

    @AfterAll
    static void stop() {
        Stream.of(signed, ingest, topic).filter(Objects::nonNull).forEach(IntakeIT::close);
    }

    static Stream<Path> samples() throws Exception {
        var folder = Path.of(Objects.requireNonNull(IntakeIT.class.getResource("/webhooks")).toURI());
        try (var files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("peer.")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatIsAcknowledgedLiesOnTheTopicByteForByte(Path sample) throws Exception {
        var body = Files.readAllBytes(sample);

        assertThat(ingest.post(body)).isEqualTo(Answer.RECEIVED);

        assertThat(topic.awaitRecord(EventId.ofBody(body)).value()).isEqualTo(body);
    }

    @Test
    void allBrokersThatKeepATopicMustAcknowledge() {
        assertThat(ingest.producerSetting("acks")).isEqualTo("all");
    }

    @Test
    void itsRecordSaysWhatWasReadOfIt() throws Exception {
        var body = """
                { "type" : "beam.failure",\t"data" : {"room_id":"room-1", "beam_id":"beam-1", "job_id":"job-1"} }
                """.getBytes(UTF_8);
        var before = Instant.now();

        ingest.post(body);

        var record = topic.awaitRecord(EventId.ofBody(body));
        assertThat(record.key()).isEqualTo("room-1");
        var headers = WebhooksTopic.headers(record);
        assertThat(Instant.parse(Objects.requireNonNull(headers.remove("ce_time")))).isBetween(before, Instant.now());
        assertThat(headers).containsExactlyInAnyOrderEntriesOf(Map.of("ce_specversion", "1.0", "ce_id",
                EventId.ofBody(body).toString(), "ce_type", "kulti.webhook.delivered.v1", "ce_source",
                "/kulti/recording/ingest", "ce_subject", "room-1", "content-type", "application/json", "ce_hmstype",
                "beam.failure", "ce_hmsroom", "room-1", "ce_hmsrecording", "job-1"));
    }

    @Test
    void withoutARoomTheRecordingIsTheKeyAndElseTheType() throws Exception {
        var ofARecording = "{\"type\":\"a.new.thing\",\"data\":{\"recording_id\":\"rec-1\"}}".getBytes(UTF_8);
        var ofNothing = "{\"type\":\"another.new.thing\"}".getBytes(UTF_8);

        ingest.post(ofARecording);
        ingest.post(ofNothing);

        assertThat(topic.awaitRecord(EventId.ofBody(ofARecording)).key()).isEqualTo("rec-1");
        assertThat(topic.awaitRecord(EventId.ofBody(ofNothing)).key()).isEqualTo("another.new.thing");
    }

    @Test
    void aRepeatedBodyHasTheSameId() throws Exception {
        var body = "{\"type\":\"beam.failure\",\"data\":{\"beam_id\":\"repeated\"}}".getBytes(UTF_8);

        ingest.post(body);
        ingest.post(body);

        Awaitility.await().until(() -> topic.records(EventId.ofBody(body)).size() == 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"peer.join.success", "session.close.success", "room.end.success", "role.change.success",
            "ingest.started.success"})
    void familiesThatAreNoRecordingsBusinessAreCountedAndNotPublished(String type) throws Exception {
        var body = "{\"type\":\"%s\",\"data\":{\"room_id\":\"r\"}}".formatted(type).getBytes(UTF_8);
        var count = "/actuator/metrics/kulti.ingest.webhooks?tag=outcome:unrelated&tag=family:"
                + type.substring(0, type.indexOf('.'));
        var before = count(count);
        var lain = topic.size();

        assertThat(ingest.post(body)).isEqualTo(Answer.RECEIVED);

        assertThat(count(count)).isEqualTo(before + 1);
        assertThat(topic.size()).isEqualTo(lain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wrong", "secret-on"})
    void aForgedOneIsRefusedAndNotPublished(String secret) throws Exception {
        var body = "{\"type\":\"beam.failure\"}".getBytes(UTF_8);
        var lain = topic.size();

        var answer = ingest.post(body, secret.isEmpty() ? Map.of() : Map.of("X-Kulti-Webhook-Secret", secret));

        assertThat(answer.status()).isEqualTo(401);
        assertProblem(answer, 401, "the request could not be authenticated");
        assertThat(topic.size()).isEqualTo(lain);
    }

    @Test
    void bothSecretsAreGoodWhileOneReplacesTheOther() throws Exception {
        var body = "{\"type\":\"beam.failure\"}".getBytes(UTF_8);

        assertThat(ingest.post(body, Map.of("x-kulti-webhook-secret", "secret-one")).status()).isEqualTo(200);
        assertThat(ingest.post(body, Map.of("x-kulti-webhook-secret", "secret-two")).status()).isEqualTo(200);
    }

    @Test
    void signatureAndAddressAreCheckedWhereTheyAreConfigured() throws Exception {
        var body = "{\"type\":\"beam.failure\",\"data\":{\"beam_id\":\"signed\"}}".getBytes(UTF_8);
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY.getBytes(UTF_8), "HmacSHA256"));
        var signature = HexFormat.of().formatHex(mac.doFinal(body));
        var secret = RunningIngest.SECRET;

        assertThat(signed.post(body, Map.of("X-Kulti-Webhook-Secret", secret, "x-100ms-signature", signature,
                "X-Forwarded-For", "192.0.2.66, 203.0.113.7")).status()).isEqualTo(200);
        assertThat(signed.post(body, Map.of("X-Kulti-Webhook-Secret", secret, "x-100ms-signature",
                signature.replace(signature.charAt(0), signature.charAt(0) == '0' ? '1' : '0'), "X-Forwarded-For",
                "203.0.113.7")).status()).isEqualTo(401);
        assertThat(signed.post(body, Map.of("X-Kulti-Webhook-Secret", secret, "x-100ms-signature", signature,
                "X-Forwarded-For", "203.0.113.7, 192.0.2.66")).status()).isEqualTo(401);
        assertThat(signed.post(body, Map.of("X-Kulti-Webhook-Secret", secret, "x-100ms-signature", signature)).status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "[]                       | the body is not a JSON object",
            "{}                       | type is missing or not a string",
            "{\"type\":7}             | type is missing or not a string",
            "{\"type\":\"t\"          | the body is not well-formed JSON (line 1, column 12)",
            "''                       | the body is empty"})
    void whatIsNoWebhookIsRefusedWithItsReason(String body, String error) throws Exception {
        assertProblem(ingest.post(body.getBytes(UTF_8)), 400, error);
    }

    @Test
    void aBombOfNestingIsRefused() throws Exception {
        assertProblem(ingest.post(("{\"type\":" + "[".repeat(200_000)).getBytes(UTF_8)), 400,
                "the JSON is nested deeper than 64 levels or has a number or name that is too long");
    }

    @ParameterizedTest
    @CsvSource({"GET, /api/webhooks/hms, 405", "PUT, /api/webhooks/hms, 405", "POST, /api/webhooks, 404",
            "GET, /, 404", "GET, /actuator/health, 404"})
    void thereIsNothingElse(String method, String path, int status) throws Exception {
        var answer = ingest.send(method, path, "{}".getBytes(UTF_8), Map.of("Content-Type", "application/json"));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).contains("\"error\":").doesNotContain("Exception", "\tat ");
    }

    @Test
    void actuatorsPortTakesNoWebhooks() throws Exception {
        var lain = topic.size();

        assertThat(ingest.postToActuator("{\"type\":\"beam.failure\"}".getBytes(UTF_8)).status()).isEqualTo(404);
        assertThat(topic.size()).isEqualTo(lain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded", "no type", "*/*"})
    void onlyJsonIsTaken(String contentType) throws Exception {
        var answer = ingest.post("{\"type\":\"beam.failure\"}".getBytes(UTF_8),
                Map.of("X-Kulti-Webhook-Secret", RunningIngest.SECRET, "Content-Type", contentType));

        assertProblem(answer, 415, "the Content-Type must be application/json");
    }

    @Test
    void aCharsetDoesNoHarm() throws Exception {
        assertThat(ingest.post("{\"type\":\"beam.failure\"}".getBytes(UTF_8), Map.of("X-Kulti-Webhook-Secret",
                RunningIngest.SECRET, "Content-Type", "application/json; charset=utf-8")).status()).isEqualTo(200);
    }

    @Test
    void theLargestBodyPassesAndOneByteMoreDoesNot() throws Exception {
        var frame = "{\"type\":\"beam.failure\",\"x\":\"\"}";
        var largest = frame.replace("\"\"", "\"" + "x".repeat(LIMIT - frame.length()) + "\"").getBytes(UTF_8);

        assertThat(ingest.post(largest).status()).isEqualTo(200);
        assertThat(topic.awaitRecord(EventId.ofBody(largest)).value()).isEqualTo(largest);
        assertProblem(ingest.post((new String(largest, UTF_8) + " ").getBytes(UTF_8)), 413,
                "the body is larger than 256 KiB");
    }

    @Test
    void aChunkedBodyIsCutWhereItGetsTooLarge() throws Exception {
        try (var socket = connect()) {
            var chunk = "4000\r\n" + " ".repeat(0x4000) + "\r\n";
            send(socket, head("Transfer-Encoding: chunked"));
            // Not ended, and no more than one chunk too many: the answer comes while the sender still means to go on.
            for (var sent = 0; sent <= LIMIT; sent += 0x4000) {
                send(socket, chunk);
            }
            var answer = readToItsEnd(socket);

            assertThat(answer).startsWith("HTTP/1.1 413 ").containsIgnoringCase("connection: close")
                    .contains("the body is larger than 256 KiB");
        }
    }

    @Test
    void theLargestBodyPassesInChunksToo() throws Exception {
        var frame = "{\"type\":\"beam.failure\",\"chunked\":\"\"}";
        var largest = frame.replace("\"\"", "\"" + "x".repeat(LIMIT - frame.length()) + "\"");
        try (var socket = connect()) {
            send(socket, head(lines("Transfer-Encoding: chunked", "Connection: close")));
            for (var at = 0; at < LIMIT; at += 0x4000) {
                send(socket, "4000\r\n" + largest.substring(at, at + 0x4000) + "\r\n");
            }
            send(socket, "0\r\n\r\n");

            assertThat(readToItsEnd(socket)).startsWith("HTTP/1.1 200 ");
        }
        assertThat(topic.awaitRecord(EventId.ofBody(largest.getBytes(UTF_8))).value())
                .isEqualTo(largest.getBytes(UTF_8));
    }

    @Test
    void aTooLargeLengthIsRefusedUnread() throws Exception {
        try (var socket = connect()) {
            send(socket, head("Content-Length: " + (LIMIT + 1)));

            assertThat(readToItsEnd(socket)).startsWith("HTTP/1.1 413 ").containsIgnoringCase("connection: close");
        }
    }

    @Test
    void aStrangersBodyIsNotWaitedFor() throws Exception {
        try (var socket = connect()) {
            send(socket, lines("POST /api/webhooks/hms HTTP/1.1", "Host: h", "Content-Type: application/json",
                    "Transfer-Encoding: chunked", "", ""));

            assertThat(readToItsEnd(socket)).startsWith("HTTP/1.1 401 ").containsIgnoringCase("connection: close");
        }
    }

    @Test
    void slowSendersAreCut() throws Exception {
        var begun = System.nanoTime();
        try (var slowHead = connect();
                var slowBody = connect();
                var slowSecondHead = connect();
                var slowInLine = connect();
                var slowAndOld = connect();
                var slowChunks = connect()) {
            send(slowBody, head("Content-Length: 1000") + "{\"type\":");
            send(slowSecondHead, WHOLE);
            // The second begins in the first one's packet.
            send(slowInLine, WHOLE + head("Content-Length: 1000") + "{\"type\":");
            send(slowAndOld, head("Content-Length: 1000").replace("HTTP/1.1", "HTTP/1.0") + "{\"type\":");
            send(slowChunks, head("Transfer-Encoding: chunked") + "400\r\n{\"type\":");
            Awaitility.await().pollInterval(Duration.ofMillis(200)).atMost(Duration.ofSeconds(20))
                    .until(() -> Stream.of(slowHead, slowSecondHead, slowBody, slowInLine, slowAndOld, slowChunks)
                            .allMatch(IntakeIT::isCutThoughItDrips));

            assertThat(readToItsEnd(slowInLine).split("HTTP/1.1 200", -1)).as("the whole one").hasSizeLessThan(3);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(Duration.ofSeconds(4),
                Duration.ofSeconds(20));
    }

    @Test
    void aBlockedEventLoopWouldBeNoticed() {
        assertThatThrownBy(() -> Mono.fromRunnable(() -> LockSupport.parkNanos(1)).subscribeOn(Schedulers.parallel())
                .block(Duration.ofSeconds(5))).hasRootCauseInstanceOf(BlockingOperationError.class);
    }

    @Test
    void aConnectionBetweenTwoRequestsIsNotASlowSender() throws Exception {
        try (var socket = connect()) {
            send(socket, WHOLE);
            Awaitility.await().during(Duration.ofSeconds(6)).atMost(Duration.ofSeconds(12))
                    .until(() -> !socket.isClosed());
            send(socket, head(lines("Content-Length: 23", "Connection: close")) + "{\"type\":\"beam.failure\"}");

            assertThat(readToItsEnd(socket).split("HTTP/1.1 200", -1)).hasSize(3);
        }
    }

    @Test
    void severalInOnePacketAreAnsweredInTheirOrder() throws Exception {
        try (var socket = connect()) {
            send(socket, WHOLE + head("Content-Length: 2") + "{}" + WHOLE + head("Content-Length: 2") + "[]");

            assertThat(statuses(socket, 4)).containsExactly("200", "400", "200", "400");
        }
    }

    @Test
    void anOldSenderIsAnsweredToo() throws Exception {
        try (var socket = connect()) {
            send(socket, WHOLE.replace("HTTP/1.1", "HTTP/1.0"));

            assertThat(readToItsEnd(socket)).matches("(?s)HTTP/1\\.[01] 200 .*\\{\"received\":true}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0016\u0003\u0001\u0002", "POST", "POST /api/webhooks/hms HTTP/9.9",
            "POST /api/webhooks/hms HTTP/1.1\r\nContent-Length: many", "POST /%zz HTTP/1.1\r\nContent-Length: 0",
            "POST /api/webhooks/hms HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nno length"})
    void noiseIsNoFaultOfOurs(String noise) throws Exception {
        try (var socket = connect()) {
            send(socket, noise + "\r\nConnection: close\r\n\r\n");

            assertThat(readToItsEnd(socket)).doesNotContain("HTTP/1.1 200", "HTTP/1.1 5", "Exception", "\tat ");
        }
    }

    @Test
    void manyAtOnceAreAllOnTheTopic() throws Exception {
        var bodies = IntStream.range(0, 2_000)
                .mapToObj(i -> "{\"type\":\"beam.failure\",\"data\":{\"room_id\":\"room-%d\",\"beam_id\":\"many-%d\"}}"
                        .formatted(i % 50, i).getBytes(UTF_8))
                .toList();

        var answers = ingest.postAll(bodies);
        var refused = IntStream.range(0, bodies.size()).filter(i -> answers.get(i).status() != 200)
                .mapToObj(bodies::get).toList();

        assertThat(refused.stream().map(ingest::post)).allMatch(Answer.RECEIVED::equals);
        topic.awaitRecords(bodies.stream().map(EventId::ofBody).toList());
    }

    private static boolean isCutThoughItDrips(Socket socket) {
        try {
            send(socket, "P");
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    private static String head(String more) {
        return lines("POST /api/webhooks/hms HTTP/1.1", "Host: h", "Content-Type: application/json",
                "X-Kulti-Webhook-Secret: " + RunningIngest.SECRET, more, "", "");
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines);
    }

    private static Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), ingest.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
        socket.getOutputStream().flush();
    }

    private static String readToItsEnd(Socket socket) throws IOException {
        var answer = new StringBuilder();
        try {
            for (var read = socket.getInputStream().read(); read >= 0; read = socket.getInputStream().read()) {
                answer.append((char) read);
            }
        } catch (SocketException _) {
            // Closed by the service while we had more to send.
        }
        return answer.toString();
    }

    /** Of the next {@code count} answers; of fewer when the connection ends before. */
    private static List<String> statuses(Socket socket, int count) throws IOException {
        var answers = new StringBuilder();
        var found = List.<String>of();
        while (found.size() < count) {
            var read = socket.getInputStream().read();
            if (read < 0) {
                break;
            }
            answers.append((char) read);
            found = STATUS.matcher(answers).results().map(result -> result.group(1)).toList();
        }
        return found;
    }

    private static void assertProblem(Answer answer, int status, String error) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        var problem = JsonMapper.shared().readTree(answer.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("error").asString()).isEqualTo(error);
        assertThat(problem.path("detail").asString()).isEqualTo(error);
    }

    private static double count(String path) throws Exception {
        var json = JsonMapper.shared().readTree(ingest.actuator(path).body());
        return json.path("measurements").path(0).path("value").asDouble();
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
