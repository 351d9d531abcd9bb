package app.kulti.recording.gateway.failure;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.springframework.http.HttpHeaders;

/** HTTP byte for byte: a client library would mend what is wrong here, or refuse to send it. */
final class RawHttp {
    private static final int LIMIT_MILLIS = 10_000;

    private final int port;

    RawHttp(int port) {
        this.port = port;
    }

    /**
     * What came back.
     *
     * @param took from the connection to the answer's last byte
     */
    record Answer(int status, HttpHeaders headers, String body, Duration took) {}

    /** On a connection of its own. */
    Answer send(byte[] request) {
        var begun = System.nanoTime();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(LIMIT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            return answer(socket.getInputStream(), begun);
        } catch (IOException e) {
            throw new IllegalStateException("No answer to " + new String(request, StandardCharsets.ISO_8859_1), e);
        }
    }

    private static Answer answer(InputStream in, long begun) throws IOException {
        var status = Integer.parseInt(line(in).split(" ", 3)[1]);
        var headers = new HttpHeaders();
        for (var header = line(in); !header.isEmpty(); header = line(in)) {
            var colon = header.indexOf(':');
            headers.add(header.substring(0, colon), header.substring(colon + 1).strip());
        }
        if (status == 100) {
            return answer(in, begun);
        }
        var body = new String(body(in, headers), StandardCharsets.UTF_8);
        return new Answer(status, headers, body, Duration.ofNanos(System.nanoTime() - begun));
    }

    private static byte[] body(InputStream in, HttpHeaders headers) throws IOException {
        if (!"chunked".equals(headers.getFirst(HttpHeaders.TRANSFER_ENCODING))) {
            return in.readNBytes((int) Math.max(0, headers.getContentLength()));
        }
        var body = new ByteArrayOutputStream();
        for (var size = size(in); size > 0; size = size(in)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        return body.toByteArray();
    }

    private static int size(InputStream in) throws IOException {
        return Integer.parseInt(line(in).strip().toLowerCase(Locale.ROOT), 16);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the connection was closed after: " + line);
            }
            line.append((char) b);
        }
        return line.toString().stripTrailing();
    }
}
