package app.kulti.recording.mirror.mirroring;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** 100ms's storage, with whatever can go wrong there. */
public final class FilmServer implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final LongAdder sent = new LongAdder();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Queue<Answer> next = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answering = new AtomicInteger();
    private final AtomicInteger mostAtATime = new AtomicInteger();
    private volatile TestFilm film;
    private volatile boolean tellsEtag = true;
    private volatile Answer always = Answer.ranges();

    /** How a request is answered. */
    @FunctionalInterface
    public interface Answer {
        void to(HttpExchange exchange, FilmServer server) throws IOException;

        /** As object storage does. */
        static Answer ranges() {
            return (exchange, server) -> server.sendRange(exchange, Long.MAX_VALUE);
        }

        /** The whole, whatever is asked for. */
        static Answer whole() {
            return (exchange, server) -> server.sendWhole(exchange, server.film.size(), server.film.size());
        }

        /** The whole, without saying how much that is. */
        static Answer withoutLength() {
            return (exchange, server) -> server.sendWhole(exchange, 0, server.film.size());
        }

        /** The whole without its end, and without saying how much it should have been. */
        static Answer withoutLength(long cut) {
            return (exchange, server) -> server.sendWhole(exchange, 0, cut);
        }

        /** The whole, breaking off after so many bytes of it. */
        static Answer wholeUntil(long cut) {
            return (exchange, server) -> server.sendWhole(exchange, server.film.size(), cut);
        }

        /** Ranges, none of which goes on behind this byte of the file. */
        static Answer rangesUntil(long cut) {
            return (exchange, server) -> server.sendRange(exchange, cut);
        }

        /** Ranges, without saying what of; and the whole where no range is asked for. */
        static Answer rangesOfSomething() {
            return (exchange, server) -> {
                if (range(exchange) == null) {
                    server.sendWhole(exchange, 0, server.film.size());
                } else {
                    server.sendRange(exchange, "*", Long.MAX_VALUE, Long.MAX_VALUE);
                }
            };
        }

        /** A status with a page. */
        static Answer page(int status, String type, String text) {
            return (exchange, _) -> {
                exchange.getResponseHeaders().set("Content-Type", type);
                var bytes = text.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            };
        }

        /** Not now, but then. */
        static Answer busy(String retryAfter) {
            return (exchange, _) -> {
                exchange.getResponseHeaders().set("Retry-After", retryAfter);
                exchange.sendResponseHeaders(429, -1);
            };
        }

        /** Somewhere else. */
        static Answer redirect(String location) {
            return (exchange, _) -> {
                exchange.getResponseHeaders().set("Location", location);
                exchange.sendResponseHeaders(302, -1);
            };
        }

        /** Ranges, at so many bytes a second for each connection. */
        static Answer slowly(long bytesPerSecond) {
            return (exchange, server) -> server.sendRange(exchange, Long.MAX_VALUE, bytesPerSecond);
        }
    }

    private FilmServer(HttpServer server, TestFilm film) {
        this.server = server;
        this.film = film;
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Serves one film under every path. */
    public static FilmServer of(TestFilm film) throws IOException {
        return new FilmServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100),
                film);
    }

    /** What to put on the list of allowed hosts. */
    public String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Where the film is. */
    public URI url() {
        return URI.create(origin() + "/film.mp4?signature=secret");
    }

    public FilmServer film(TestFilm other) {
        film = other;
        return this;
    }

    /** As new, with this film. */
    public FilmServer reset(TestFilm first) {
        film = first;
        always = Answer.ranges();
        next.clear();
        asked.clear();
        sent.reset();
        tellsEtag = true;
        mostAtATime.set(0);
        return this;
    }

    /** Nothing of what it sends says which file it is of. */
    public FilmServer withoutEtag() {
        tellsEtag = false;
        return this;
    }

    /** From now on. */
    public FilmServer always(Answer answer) {
        always = answer;
        return this;
    }

    /** The next requests, one by one, before it is as always again. */
    public FilmServer first(Answer... answers) {
        next.addAll(List.of(answers));
        return this;
    }

    /** Bytes of films that were sent. */
    public long sent() {
        return sent.sum();
    }

    /** As many answers as were under way at one moment. */
    public int mostAtATime() {
        return mostAtATime.get();
    }

    /** The ranges that were asked for; {@code null} in words where none was. */
    public List<String> asked() {
        return asked;
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(String.valueOf(range(exchange)));
        var answer = next.poll();
        mostAtATime.accumulateAndGet(answering.incrementAndGet(), Math::max);
        try (exchange) {
            (answer == null ? always : answer).to(exchange, this);
        } finally {
            answering.decrementAndGet();
        }
    }

    private static @Nullable String range(HttpExchange exchange) {
        return exchange.getRequestHeaders().getFirst("Range");
    }

    private void sendRange(HttpExchange exchange, long cut) throws IOException {
        sendRange(exchange, cut, Long.MAX_VALUE);
    }

    private void sendRange(HttpExchange exchange, long cut, long bytesPerSecond) throws IOException {
        sendRange(exchange, Long.toString(film.size()), cut, bytesPerSecond);
    }

    private void sendRange(HttpExchange exchange, String total, long cut, long bytesPerSecond) throws IOException {
        var range = range(exchange);
        var ifRange = exchange.getRequestHeaders().getFirst("If-Range");
        if (range == null || (ifRange != null && !ifRange.equals(film.etag()))) {
            sendWhole(exchange, film.size(), film.size());
            return;
        }
        var bounds = range.substring("bytes=".length()).split("-", -1);
        var from = Long.parseLong(bounds[0]);
        if (from >= film.size()) {
            exchange.getResponseHeaders().set("Content-Range", "bytes */" + film.size());
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        var last = Math.min(film.size() - 1, Long.parseLong(bounds[1]));
        head(exchange);
        exchange.getResponseHeaders().set("Content-Range", "bytes %d-%d/%s".formatted(from, last, total));
        exchange.sendResponseHeaders(206, last - from + 1);
        send(exchange, from, Math.min(last + 1, cut) - from, bytesPerSecond);
    }

    private void sendWhole(HttpExchange exchange, long length, long cut) throws IOException {
        head(exchange);
        exchange.sendResponseHeaders(200, length);
        send(exchange, 0, cut, Long.MAX_VALUE);
    }

    private void head(HttpExchange exchange) {
        if (tellsEtag) {
            exchange.getResponseHeaders().set("ETag", film.etag());
        }
        exchange.getResponseHeaders().set("Content-Type", "video/mp4");
    }

    private void send(HttpExchange exchange, long from, long count, long bytesPerSecond) throws IOException {
        // Otherwise the head waits for the first byte, which may never come.
        exchange.getResponseBody().flush();
        film.write(new Paced(exchange.getResponseBody(), bytesPerSecond), from, Math.max(0, count));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private final class Paced extends FilterOutputStream {
        private static final int AT_ONCE = 64 * 1024;
        private final long bytesPerSecond;

        Paced(OutputStream out, long bytesPerSecond) {
            super(out);
            this.bytesPerSecond = bytesPerSecond;
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            for (var done = 0; done < count; done += AT_ONCE) {
                var now = Math.min(AT_ONCE, count - done);
                out.write(bytes, offset + done, now);
                sent.add(now);
                if (bytesPerSecond < Long.MAX_VALUE) {
                    LockSupport.parkNanos(now * 1_000_000_000L / bytesPerSecond);
                }
            }
        }
    }
}
