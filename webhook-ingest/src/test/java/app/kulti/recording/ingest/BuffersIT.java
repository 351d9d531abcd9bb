package app.kulti.recording.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Netty's buffers are given back, whatever becomes of a request. In production nobody looks; here each one is looked at, those of the
 * tests before this one as well.
 */
class BuffersIT {
    private static final RunningIngest ingest = RunningIngest.shared();
    private static final Map<String, String> NO_SECRET = Map.of();
    private static final byte[] WEBHOOK = "{\"type\":\"beam.failure\"}".getBytes(UTF_8);

    @Test
    void areGivenBackWhateverBecomesOfARequest() throws Exception {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
        // Those that nobody gave back are known some time after they are collected, and told of when others are asked for.
        for (var round = 0; round < 10; round++) {
            oneOfEachKind();
            System.gc();
        }

        assertThat(RunningIngest.leaks()).isEmpty();
    }

    private static void oneOfEachKind() throws Exception {
        assertThat(ingest.post(WEBHOOK).status()).isEqualTo(200);
        assertThat(ingest.post(inManyBuffers("beam.failure")).status()).isEqualTo(200);
        assertThat(ingest.post(inManyBuffers("peer.join.success")).status()).isEqualTo(200);
        assertThat(ingest.post("{".getBytes(UTF_8)).status()).isEqualTo(400);
        assertThat(ingest.post(inManyBuffers("beam.failure"), NO_SECRET).status()).isEqualTo(401);
        assertThat(ingest.send("PUT", "/api/webhooks/hms", WEBHOOK, NO_SECRET).status()).isEqualTo(405);
        assertThat(ingest.send("POST", "/", WEBHOOK, NO_SECRET).status()).isEqualTo(404);
        cutShort("Content-Length: 1000\r\n\r\n{\"type\":");
        cutShort("Transfer-Encoding: chunked\r\n\r\n8\r\n{\"type\":\r\n");
        cutShort("Transfer-Encoding: chunked\r\n\r\n" + ("4000\r\n" + " ".repeat(0x4000) + "\r\n").repeat(20));
    }

    private static byte[] inManyBuffers(String type) {
        return "{\"type\":\"%s\",\"more\":\"%s\"}".formatted(type, "x".repeat(200_000)).getBytes(UTF_8);
    }

    /** The sender is gone before its body is whole, or too large. */
    private static void cutShort(String rest) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), ingest.port())) {
            socket.getOutputStream().write(("POST /api/webhooks/hms HTTP/1.1\r\nHost: h\r\n"
                    + "Content-Type: application/json\r\nX-Kulti-Webhook-Secret: " + RunningIngest.SECRET + "\r\n"
                    + rest).getBytes(UTF_8));
        } catch (SocketException _) {
            // Refused before it was all sent.
        }
    }
}
