package app.kulti.recording.infra.local.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** A request whose body is on its way while its server is told to end. */
public final class BegunRequest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String CONTINUE = "HTTP/1.1 100 ";
    private static final String END_OF_HEAD = "\r\n\r\n";

    private final int port;
    private final Socket socket;
    private final byte[] rest;

    private BegunRequest(int port, Socket socket, byte[] rest) {
        this.port = port;
        this.socket = socket;
        this.rest = rest;
    }

    /**
     * Posts the head and half of the {@code body} to {@code port} of this machine. The server has read the head by then: it says so
     * to whoever expects it to (RFC 9110, section 10.1.1).
     */
    public static BegunRequest post(int port, String path, Map<String, String> headers, String body)
            throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) LIMIT.toMillis());
        var head = "POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: %d\r\n%s\r\n"
                .formatted(path, bytes.length, headers.entrySet().stream()
                        .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
                        .collect(Collectors.joining()));
        socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        var told = head(socket.getInputStream());
        if (!told.startsWith(CONTINUE)) {
            socket.close();
            throw new IOException("the server does not read on, but says " + told);
        }
        socket.getOutputStream().write(bytes, 0, bytes.length / 2);
        socket.getOutputStream().flush();
        return new BegunRequest(port, socket, Arrays.copyOfRange(bytes, bytes.length / 2, bytes.length));
    }

    private static String head(InputStream answer) throws IOException {
        var head = new StringBuilder();
        for (var next = answer.read(); next >= 0; next = answer.read()) {
            head.append((char) next);
            if (head.indexOf(END_OF_HEAD) >= 0) {
                break;
            }
        }
        return head.toString();
    }

    /**
     * Sends the rest once {@code end}, which is run meanwhile, has made the server take no more connections.
     *
     * @return all of the answer
     */
    public String answeredDuring(Runnable end) throws IOException {
        try (socket) {
            var ending = CompletableFuture.runAsync(end);
            Awaitility.await("the server to take no more").atMost(LIMIT).until(this::takesNoMore);
            socket.getOutputStream().write(rest);
            socket.getOutputStream().flush();
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            ending.join();
            return answer;
        }
    }

    private boolean takesNoMore() throws IOException {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return false;
        } catch (ConnectException _) {
            return true;
        }
    }
}
