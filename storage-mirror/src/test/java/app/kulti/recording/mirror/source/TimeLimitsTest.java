package app.kulti.recording.mirror.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.kulti.recording.events.SignedUrl;
import app.kulti.recording.mirror.mirroring.FilmServer;
import app.kulti.recording.mirror.mirroring.Source;
import app.kulti.recording.mirror.mirroring.TestFilm;
import app.kulti.recording.mirror.mirroring.Trouble;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
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
    void aSourceThatSendsNextToNothingIsLeft() throws Exception {
        try (var slice = slice(new Bandwidth(null, null))) {
            assertThat(slice.read(new byte[100], 0, 100)).isEqualTo(100);
            nanos.addAndGet(Duration.ofSeconds(61).toNanos());

            assertThatThrownBy(() -> slice.read(new byte[100], 0, 100)).isInstanceOf(Trouble.class)
                    .hasMessage("the source sends next to nothing");
        }
    }

    @Test
    void aSourceThatSendsAModestStreamIsNot() throws Exception {
        try (var slice = slice(new Bandwidth(null, null))) {
            assertThat(slice.read(new byte[SIZE], 0, 2 << 20)).isEqualTo(2 << 20);
            nanos.addAndGet(Duration.ofSeconds(61).toNanos());

            assertThat(slice.read(new byte[100], 0, 100)).isEqualTo(100);
        }
    }

    @Test
    void withALimitNoMoreIsReadAtOnceThanIsPaidFor() throws Exception {
        try (var slice = slice(new Bandwidth(DataSize.ofMegabytes(100), null))) {
            assertThat(slice.read(new byte[SIZE], 0, SIZE)).isEqualTo(Bandwidth.PIECE);
        }
    }

    private Source.Slice slice(Bandwidth bandwidth) throws Exception {
        var response = new BasicClassicHttpResponse(200);
        response.setEntity(new InputStreamEntity(new ByteArrayInputStream(new byte[SIZE]), SIZE,
                ContentType.APPLICATION_OCTET_STREAM));
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
