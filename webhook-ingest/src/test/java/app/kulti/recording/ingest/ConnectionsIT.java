package app.kulti.recording.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.ids.EventId;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** How the running service reads a connection, byte by byte: in order, not for long, and not more than it takes. */
@ParameterizedClass
@EnumSource
class ConnectionsIT {
    private static final int LIMIT = 256 * 1024;
    private static final String WHOLE = head("Content-Length: 23") + "{\"type\":\"beam.failure\"}";
    private static final Pattern STATUS = Pattern.compile("HTTP/1.1 (\\d{3})");

    private static final WebhooksTopic topic = WebhooksTopic.shared();

    private final RunningIngest ingest;
    private final Transport transport;

    ConnectionsIT(Transport transport) {
        this.transport = transport;
        this.ingest = switch (transport) {
            case IO_URING -> RunningIngest.shared();
            case EPOLL -> RunningIngest.sharedOnEpoll();
        };
    }

    enum Transport {
        IO_URING, EPOLL
    }

    @Test
    void itIsReadByWhatWasAskedFor() {
        assertThat(ingest.isOn(IoUringIoHandle.class))
                .isEqualTo(transport == Transport.IO_URING && IoUring.isAvailable());
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
                            .allMatch(ConnectionsIT::isCutThoughItDrips));

            assertThat(readToItsEnd(slowInLine).split("HTTP/1.1 200", -1)).as("the whole one").hasSizeLessThan(3);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(Duration.ofSeconds(4),
                Duration.ofSeconds(20));
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
    void theHostMayStandInTheTarget() throws Exception {
        try (var socket = connect()) {
            send(socket, WHOLE.replace("POST /", "POST http://h/"));

            assertThat(statuses(socket, 1)).containsExactly("200");
        }
    }

    @Test
    void whatIsNoUriIsTurnedAway() throws Exception {
        try (var socket = connect()) {
            send(socket, WHOLE.replace("/hms", "/hms?from={"));

            assertThat(statuses(socket, 1)).containsExactly("400");
        }
    }

    @Test
    void theLengthOfAnAnswerIsSaid() throws Exception {
        try (var socket = connect()) {
            send(socket, head(lines("Content-Length: 23", "Connection: close")) + "{\"type\":\"beam.failure\"}");

            assertThat(readToItsEnd(socket)).containsIgnoringCase("content-length: 17");
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
    void aFloodOfNoiseFillsNoDisk() throws Exception {
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        root.addAppender(lines);
        try {
            for (var i = 0; i < 50; i++) {
                noiseIsNoFaultOfOurs("\u0016\u0003\u0001\u0002");
                noiseIsNoFaultOfOurs("POST /%zz HTTP/1.1\r\nContent-Length: 0");
                aStrangersBodyIsNotWaitedFor();
            }
        } finally {
            root.detachAppender(lines);
        }

        assertThat(lines.list).hasSizeLessThan(5);
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

    private Socket connect() throws IOException {
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
}
