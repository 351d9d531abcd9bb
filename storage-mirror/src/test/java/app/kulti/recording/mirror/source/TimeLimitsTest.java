package app.kulti.recording.mirror.source;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.kulti.recording.events.SignedUrl;
import app.kulti.recording.mirror.mirroring.FilmServer;
import app.kulti.recording.mirror.mirroring.Source;
import app.kulti.recording.mirror.mirroring.TestFilm;
import app.kulti.recording.mirror.mirroring.Trouble;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class TimeLimitsTest {
    private static final int SIZE = 10 << 20;

    /** Long enough for an answer to begin, however busy the machine is. */
    private static final Timeout SILENCE = Timeout.ofSeconds(2);

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void aSourceThatFallsSilentIsLeft() throws Exception {
        try (var server = FilmServer.of(TestFilm.of(1000, 1)).always((exchange, _) -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
        });
                var source = new HttpSource(AllowedHosts.of(List.of(server.origin())), 1, new Bandwidth(null, null),
                        SILENCE, InetAddress::getAllByName,
                        DefaultClientTlsStrategy.createDefault());
                var slice = source.open(new SignedUrl(server.url()), null, null)) {
            assertThatThrownBy(() -> readAll(slice)).isInstanceOf(Trouble.class)
                    .hasMessage("the source broke off: SocketTimeoutException");
        }
    }

    @Test
    void aSourceWhoseHeadNeverEndsIsLeft() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var threads = Executors.newVirtualThreadPerTaskExecutor();
                var source = new HttpSource(
                        AllowedHosts.of(List.of("http://127.0.0.1:" + server.getLocalPort())), 1,
                        new Bandwidth(null, null), SILENCE, InetAddress::getAllByName,
                        DefaultClientTlsStrategy.createDefault())) {
            var _ = threads.submit(() -> sendHeadersForEver(server));
            var began = System.nanoTime();

            assertThatThrownBy(() -> source.open(
                    new SignedUrl(URI.create("http://127.0.0.1:%d/film.mp4".formatted(server.getLocalPort()))), null,
                    null)).isInstanceOf(Trouble.class).hasMessageStartingWith("the source could not be reached");
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
        }
    }

    /** Until the other side has gone. */
    private static Void sendHeadersForEver(ServerSocket server) throws IOException {
        try (var connection = server.accept()) {
            var out = connection.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\n".getBytes(US_ASCII));
            while (true) {
                out.write("X-Moment: please\r\n".getBytes(US_ASCII));
                LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            }
        }
    }

    @Test
    void aSourceThatSendsNextToNothingIsLeft() throws Exception {
        try (var slice = slice(Duration.ofSeconds(31), new Bandwidth(null, null))) {
            assertThat(slice.read(new byte[100], 0, 100)).isEqualTo(100);

            assertThatThrownBy(() -> slice.read(new byte[100], 0, 100)).isInstanceOf(Trouble.class)
                    .hasMessage("the source sends next to nothing");
        }
    }

    @Test
    void aSourceThatSendsAModestStreamIsNot() throws Exception {
        try (var slice = slice(Duration.ofSeconds(31), new Bandwidth(null, null))) {
            assertThat(slice.read(new byte[SIZE], 0, 2 << 20)).isEqualTo(2 << 20);

            assertThat(slice.read(new byte[100], 0, 100)).isEqualTo(100);
        }
    }

    @Test
    void aSourceIsNotBlamedForTheTimeThatThisSideTakes() throws Exception {
        try (var slice = slice(Duration.ZERO, new Bandwidth(null, null))) {
            assertThat(slice.read(new byte[100], 0, 100)).isEqualTo(100);
            nanos.addAndGet(Duration.ofMinutes(10).toNanos());

            assertThat(slice.read(new byte[100], 0, 100)).isEqualTo(100);
        }
    }

    @Test
    void withALimitNoMoreIsReadAtOnceThanIsPaidFor() throws Exception {
        try (var slice = slice(Duration.ZERO, new Bandwidth(DataSize.ofMegabytes(100), null))) {
            assertThat(slice.read(new byte[SIZE], 0, SIZE)).isEqualTo(Bandwidth.PIECE);
        }
    }

    /** Of a source that lets this side wait for so long with each read. */
    private Source.Slice slice(Duration wait, Bandwidth bandwidth) throws Exception {
        var body = new FilterInputStream(new ByteArrayInputStream(new byte[SIZE])) {
            @Override
            public int read(byte[] into, int offset, int count) throws IOException {
                nanos.addAndGet(wait.toNanos());
                return super.read(into, offset, count);
            }
        };
        var response = new BasicClassicHttpResponse(200);
        response.setEntity(new InputStreamEntity(body, SIZE, ContentType.APPLICATION_OCTET_STREAM));
        return HttpSlice.of(new HttpGet("http://localhost/film.mp4"), response, null, bandwidth,
                nanos::get);
    }

    private static void readAll(Source.Slice slice) throws Trouble {
        var bytes = new byte[1000];
        for (var read = 0; read >= 0;) {
            read = slice.read(bytes, 0, bytes.length);
        }
    }
}
