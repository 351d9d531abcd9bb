package app.kulti.recording.infra.bench.mirror;

import app.kulti.recording.infra.bench.mirror.Film.Line;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The source of all films, a process of its own that does as little as a file server can: their bytes lie in memory.
 * {@code GET /sent} tells how many bytes of films have left it.
 */
final class FilmSource {
    private static final Pattern FILM = Pattern.compile("/([A-Z]+)/(\\d+)/(\\d+)\\.mp4");
    private static final Pattern FOLDER = Pattern.compile("/([A-Z]+)/(\\d+)/");
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
    /** What a listing shows. */
    static final int IN_A_FOLDER = 8;
    private static final int PIECE = 256 * 1024;
    private static final Duration LATENCY = Duration.ofMillis(50);
    private static final Duration BEAT = Duration.ofMillis(20);
    /** 10 MB/s. */
    private static final int PIECE_A_BEAT = 200_000;

    private final LongAdder sent = new LongAdder();

    private FilmSource() {}

    /** Serves on the port that is the only argument, until it is asked to end. */
    public static void main(String[] arguments) {
        var source = new FilmSource();
        HttpServer.create().host("127.0.0.1").port(Integer.parseInt(arguments[0])).handle(source::answer).bindNow()
                .onDispose().block();
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        if (request.uri().equals("/sent")) {
            return response.sendString(Mono.just(Long.toString(sent.sum())));
        }
        var path = request.fullPath();
        path = path.startsWith("/") ? path : "/" + path;
        var film = FILM.matcher(path);
        if (film.matches()) {
            return send(new Film(Line.valueOf(film.group(1)), Long.parseLong(film.group(2)),
                    Integer.parseInt(film.group(3))), request, response);
        }
        return FOLDER.matcher(path).matches() ? list(response) : response.sendNotFound();
    }

    /** As a web server lists a folder, which is what rclone reads. */
    private static Publisher<Void> list(HttpServerResponse response) {
        return response.header(HttpHeaderNames.CONTENT_TYPE, "text/html").sendString(Mono.just(
                IntStream.rangeClosed(1, IN_A_FOLDER).mapToObj("<a href=\"%1$d.mp4\">%1$d.mp4</a>"::formatted)
                        .collect(Collectors.joining("\n", "<html><body>", "</body></html>"))));
    }

    private Publisher<Void> send(Film film, HttpServerRequest request, HttpServerResponse response) {
        if (film.line() == Line.PAGE) {
            return response.header(HttpHeaderNames.CONTENT_TYPE, "text/html")
                    .sendString(Mono.just("<!doctype html><title>Sorry</title>".repeat(1000)));
        }
        response.header(HttpHeaderNames.CONTENT_TYPE, "video/mp4").header(HttpHeaderNames.ETAG, film.etag());
        if (film.line() == Line.SHORT) {
            return body(film, 0, film.bytes() / 2, response.chunkedTransfer(true));
        }
        var from = 0L;
        var count = film.bytes();
        var range = RANGE.matcher(String.valueOf(request.requestHeaders().get(HttpHeaderNames.RANGE)));
        if (range.matches() && film.line() != Line.CUT) {
            from = Long.parseLong(range.group(1));
            var last = range.group(2).isEmpty() ? count - 1 : Math.min(count - 1, Long.parseLong(range.group(2)));
            count = last - from + 1;
            response.status(HttpResponseStatus.PARTIAL_CONTENT).header(HttpHeaderNames.CONTENT_RANGE,
                    "bytes %d-%d/%d".formatted(from, last, film.bytes()));
        }
        response.header(HttpHeaderNames.ACCEPT_RANGES, "bytes").header(HttpHeaderNames.CONTENT_LENGTH,
                Long.toString(count));
        if (film.line() == Line.CUT) {
            // An error closes the connection.
            return response.send(Flux.concat(counted(FilmBytes.of(film, 0, count / 2, PIECE)),
                    Mono.error(new IOException("cut"))));
        }
        return body(film, from, count, response);
    }

    private Publisher<Void> body(Film film, long from, long count, HttpServerResponse response) {
        if (film.line() != Line.THROTTLED) {
            return response.send(counted(FilmBytes.of(film, from, count, PIECE)));
        }
        var beats = Flux.interval(LATENCY, BEAT).onBackpressureDrop();
        return response.send(counted(FilmBytes.of(film, from, count, PIECE_A_BEAT).zipWith(beats, 1)
                .map(piece -> piece.getT1())), _ -> true);
    }

    private Flux<ByteBuf> counted(Flux<ByteBuf> pieces) {
        return pieces.doOnNext(piece -> sent.add(piece.readableBytes()));
    }
}
