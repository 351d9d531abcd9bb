package app.kulti.recording.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Netty's buffers are given back, whatever becomes of a request. In production nobody looks, so every one is looked at here. */
class BuffersIT {
    private static final RunningIngest ingest = RunningIngest.shared();
    private static final byte[] WEBHOOK = "{\"type\":\"beam.failure\"}".getBytes(UTF_8);

    private final Logger detector = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
    private final ListAppender<ILoggingEvent> leaks = new ListAppender<>();

    @BeforeEach
    void listen() {
        leaks.start();
        detector.addAppender(leaks);
    }

    @AfterEach
    void listenNoMore() {
        detector.detachAppender(leaks);
    }

    @Test
    void areGivenBackWhateverBecomesOfARequest() throws Exception {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
        for (var round = 0; round < 20; round++) {
            oneOfEachKind();
        }
        // Those that nobody gave back are known once they are collected, and told of when the next ones are asked for.
        System.gc();
        oneOfEachKind();

        assertThat(leaks.list).isEmpty();
    }

    private static void oneOfEachKind() throws Exception {
        assertThat(ingest.post(WEBHOOK).status()).isEqualTo(200);
        assertThat(ingest.post("{\"type\":\"peer.join.success\"}".getBytes(UTF_8)).status()).isEqualTo(200);
        assertThat(ingest.post("{".getBytes(UTF_8)).status()).isEqualTo(400);
        assertThat(ingest.post(WEBHOOK, Map.of()).status()).isEqualTo(401);
        cutShort("Content-Length: 1000\r\n\r\n{\"type\":");
        cutShort("Transfer-Encoding: chunked\r\n\r\n8\r\n{\"type\":\r\n");
    }

    /** The sender is gone before its body is whole. */
    private static void cutShort(String rest) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), ingest.port())) {
            socket.getOutputStream().write(("POST /api/webhooks/hms HTTP/1.1\r\nHost: h\r\n"
                    + "Content-Type: application/json\r\nX-Kulti-Webhook-Secret: " + RunningIngest.SECRET + "\r\n"
                    + rest).getBytes(UTF_8));
        }
    }
}
