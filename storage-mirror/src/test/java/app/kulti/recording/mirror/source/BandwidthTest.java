package app.kulti.recording.mirror.source;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.SignedUrl;
import app.kulti.recording.mirror.mirroring.FilmServer;
import app.kulti.recording.mirror.mirroring.TestFilm;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class BandwidthTest {
    private static final int CONNECTIONS = 4;
    private static final long SIZE = 256 << 10;
    private static final DataSize ALL_OF_THEM_A_SECOND = DataSize.ofBytes(CONNECTIONS * SIZE);

    @Test
    void allConnectionsTogetherKeepToTheLimit() throws Exception {
        assertThat(timeOf(ALL_OF_THEM_A_SECOND, null)).isBetween(Duration.ofMillis(900), Duration.ofSeconds(10));
    }

    @Test
    void eachHostKeepsToItsOwn() throws Exception {
        assertThat(timeOf(null, ALL_OF_THEM_A_SECOND)).isBetween(Duration.ofMillis(900), Duration.ofSeconds(10));
    }

    @Test
    void hostsDoNotPayForEachOther() throws Exception {
        var bandwidth = new Bandwidth(null, DataSize.ofKilobytes(64));
        bandwidth.spend("slow", Bandwidth.PIECE);
        var began = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var slow = threads.submit(() -> {
                bandwidth.spend("slow", 10 * Bandwidth.PIECE);
                return "paid";
            });
            bandwidth.spend("quick", Bandwidth.PIECE);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
            assertThat(slow).isNotDone();
            slow.cancel(true);
        }
    }

    /** Of reading one file over several connections at the same time. */
    private static Duration timeOf(@Nullable DataSize all, @Nullable DataSize ofEachHost) throws Exception {
        try (var server = FilmServer.of(TestFilm.of(SIZE, 1));
                var source = new HttpSource(AllowedHosts.of(List.of(server.origin())), CONNECTIONS,
                        new Bandwidth(all, ofEachHost));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var began = System.nanoTime();
            var reads = IntStream.range(0, CONNECTIONS)
                    .mapToObj(_ -> threads.submit(() -> read(source, server))).toList();
            for (var read : reads) {
                assertThat(read.get()).isEqualTo(SIZE);
            }
            return Duration.ofNanos(System.nanoTime() - began);
        }
    }

    private static long read(HttpSource source, FilmServer server) throws Exception {
        try (var slice = source.open(new SignedUrl(server.url()), null, null)) {
            var bytes = new byte[(int) SIZE];
            var total = 0L;
            for (var read = 0; read >= 0; read = slice.read(bytes, 0, bytes.length)) {
                total += read;
            }
            return total;
        }
    }
}
