package app.kulti.recording.infra.local.hms.file;

import app.kulti.recording.infra.local.hms.beam.Asset;
import app.kulti.recording.infra.local.hms.beam.Ledger;
import app.kulti.recording.infra.local.hms.beam.Recording;
import app.kulti.recording.infra.local.hms.fault.FileFault;
import app.kulti.recording.infra.local.hms.fault.Faults;
import app.kulti.recording.infra.local.hms.file.SignedLinks.Verdict;
import app.kulti.recording.infra.local.hms.movie.MovieFile;
import app.kulti.recording.infra.local.hms.movie.Movies;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ZeroCopyHttpOutputMessage;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/** {@code GET} and {@code HEAD /files/…}: what a presigned link leads to. */
public final class FileRoutes {
    private static final MediaType MP4 = MediaType.parseMediaType("video/mp4");
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter
            .ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US).withZone(ZoneOffset.UTC);
    private static final String HTML = "<!doctype html><title>Sign in</title><h1>Please sign in to continue</h1>\n";
    // Long enough for what was sent before to have left this machine.
    private static final Duration BEFORE_HANGING_UP = Duration.ofMillis(50);

    private final Ledger ledger;
    private final Movies movies;
    private final SignedLinks links;
    private final Faults faults;
    private final Clock clock;

    public FileRoutes(Ledger ledger, Movies movies, SignedLinks links, Faults faults, Clock clock) {
        this.ledger = ledger;
        this.movies = movies;
        this.links = links;
        this.faults = faults;
        this.clock = clock;
    }

    /** The routes. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route().GET(SignedLinks.PREFIX + "**", this::file)
                .HEAD(SignedLinks.PREFIX + "**", this::file)
                .build();
    }

    private Mono<ServerResponse> file(ServerRequest request) {
        String path = SignedLinks.pathOf(request.path());
        Verdict verdict = links.judge(path, request.queryParam("expires").orElse(null),
                request.queryParam("signature").orElse(null));
        return switch (verdict) {
            case UNSIGNED -> error(403, "AccessDenied", "Access Denied");
            case FORGED -> error(403, "SignatureDoesNotMatch",
                    "The request signature we calculated does not match the signature you provided.");
            case EXPIRED -> expired();
            case GOOD -> ledger.recordingAt(path).flatMap(Recording::asset)
                    .map(asset -> file(request, roomOf(asset), asset))
                    .orElseGet(() -> error(404, "NoSuchKey", "The specified key does not exist."));
        };
    }

    private String roomOf(Asset asset) {
        return ledger.recordingOfAsset(asset.id()).map(Recording::roomId).orElse("");
    }

    private Mono<ServerResponse> file(ServerRequest request, String roomId, Asset asset) {
        boolean head = request.method().equals(HttpMethod.HEAD);
        List<FileFault> striking = head ? List.of() : faults.onFile(roomId);
        if (changedSince(header(request, HttpHeaders.IF_MATCH), asset.movie().etag())) {
            return error(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
        }
        return instead(striking).orElseGet(() -> request
                .checkNotModified(asset.createdAt().truncatedTo(ChronoUnit.SECONDS), asset.movie().etag())
                .switchIfEmpty(Mono.defer(() -> answer(request, asset, striking))));
    }

    // Spring leaves If-Match of a GET aside; object storage does not, and who reads a file in parts relies on it.
    private static boolean changedSince(@Nullable String ifMatch, String etag) {
        return ifMatch != null && !ifMatch.equals("*")
                && Arrays.stream(ifMatch.split(",", -1)).noneMatch(one -> one.strip().equals(etag));
    }

    /** The answer that a fault puts in the file's place, if one does. */
    private Optional<Mono<ServerResponse>> instead(List<FileFault> striking) {
        for (FileFault fault : striking) {
            switch (fault) {
                case FileFault.Expired _ -> {
                    return Optional.of(expired());
                }
                case FileFault.Status(_, _, int status) -> {
                    return Optional
                            .of(error(status, status == 503 ? "SlowDown" : "InternalError", "Please try again."));
                }
                case FileFault.Html _ -> {
                    return Optional.of(ServerResponse.ok().contentType(MediaType.TEXT_HTML).bodyValue(HTML));
                }
                case FileFault.Cut _,FileFault.Slow _,FileFault.NoRange _ -> {
                    // these let the file through, changed
                }
            }
        }
        return Optional.empty();
    }

    private Mono<ServerResponse> answer(ServerRequest request, Asset asset, List<FileFault> striking) {
        MovieFile movie = asset.movie();
        String lastModified = HTTP_DATE.format(asset.createdAt());
        boolean ranges = find(FileFault.NoRange.class, striking).isEmpty();
        Part part = ranges
                ? Part.of(header(request, HttpHeaders.RANGE), header(request, HttpHeaders.IF_RANGE), movie.size(),
                        movie.etag(), lastModified)
                : new Part.Whole(movie.size());
        ServerResponse.BodyBuilder response = switch (part) {
            case Part.Unsatisfiable _ -> ServerResponse.status(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE);
            case Part.Range(_, _, _) -> ServerResponse.status(HttpStatus.PARTIAL_CONTENT);
            case Part.Whole(_) -> ServerResponse.ok();
        };
        response.eTag(movie.etag()).header(HttpHeaders.LAST_MODIFIED, lastModified);
        if (ranges) {
            response.header(HttpHeaders.ACCEPT_RANGES, "bytes");
        }
        return switch (part) {
            case Part.Unsatisfiable(long size) -> response.header(HttpHeaders.CONTENT_RANGE, "bytes */" + size)
                    .contentType(MediaType.APPLICATION_XML)
                    .bodyValue(xml("InvalidRange", "The requested range is not satisfiable"));
            case Part.Range range ->
                body(request, response.header(HttpHeaders.CONTENT_RANGE, range.contentRange()), movie,
                        range.from(), range.length(), striking);
            case Part.Whole(long length) -> body(request, response, movie, 0, length, striking);
        };
    }

    private Mono<ServerResponse> body(ServerRequest request, ServerResponse.BodyBuilder response, MovieFile movie,
            long from, long length, List<FileFault> striking) {
        response.contentType(MP4);
        Optional<FileFault.Cut> cut = find(FileFault.Cut.class, striking);
        if (cut.map(FileFault.Cut::contentLength).orElse(true)) {
            response.contentLength(length);
        }
        if (request.method().equals(HttpMethod.HEAD)) {
            return response.build();
        }
        Optional<FileFault.Slow> slow = find(FileFault.Slow.class, striking);
        return response.body((http, _) -> {
            if (cut.isEmpty() && slow.isEmpty()) {
                return send(http, movie, from, length);
            }
            long sent = cut.map(FileFault.Cut::bytes).map(most -> Math.min(most, length)).orElse(length);
            // Not the response's own pooled buffers: a download that breaks off while one waits would leak it.
            DataBufferFactory buffers = DefaultDataBufferFactory.sharedInstance;
            Flux<DataBuffer> bytes = movies.read(movie, from, sent, buffers);
            Flux<DataBuffer> paced = slow.map(line -> slowed(bytes, line)).orElse(bytes);
            boolean broken = sent < length && cut.map(FileFault.Cut::contentLength).orElse(false);
            return http.writeWith(broken ? paced.concatWith(hangUp(http)) : paced);
        });
    }

    private Mono<Void> send(ServerHttpResponse http, MovieFile movie, long from, long length) {
        return movie.whole() && http instanceof ZeroCopyHttpOutputMessage zeroCopy
                ? zeroCopy.writeWith(movies.stored(movie), from, length)
                : http.writeWith(movies.read(movie, from, length, http.bufferFactory()));
    }

    private static Flux<DataBuffer> slowed(Flux<DataBuffer> bytes, FileFault.Slow line) {
        Duration latency = Duration.ofMillis(Optional.ofNullable(line.latencyMillis()).orElse(0));
        Long bytesPerSecond = line.bytesPerSecond();
        Flux<DataBuffer> paced = bytesPerSecond == null ? bytes : paced(bytes, bytesPerSecond);
        return paced.delaySubscription(latency);
    }

    /** Lets each piece pass when its time has come, counted from the first, so that delays do not add up. */
    private static Flux<DataBuffer> paced(Flux<DataBuffer> bytes, long bytesPerSecond) {
        return Flux.defer(() -> {
            Pace pace = new Pace(bytesPerSecond);
            return bytes.concatMap(piece -> split(piece, bytesPerSecond), 1).concatMap(
                    piece -> Mono.delay(pace.waitFor(piece.readableByteCount())).thenReturn(piece), 1);
        });
    }

    /** Pieces of a tenth of a second at most, so that a slow line trickles rather than bursts. */
    private static Flux<DataBuffer> split(DataBuffer piece, long bytesPerSecond) {
        int most = Math.clamp(bytesPerSecond / 10, 1, 64 * 1024);
        return Flux.generate(sink -> {
            if (piece.readableByteCount() <= most) {
                sink.next(piece);
                sink.complete();
            } else {
                sink.next(piece.split(piece.readPosition() + most));
            }
        });
    }

    private static final class Pace {
        private final long bytesPerSecond;
        private final long begun = System.nanoTime();
        private long passed;

        Pace(long bytesPerSecond) {
            this.bytesPerSecond = bytesPerSecond;
        }

        Duration waitFor(int bytes) {
            passed += bytes;
            long due = (long) (passed * 1e9 / bytesPerSecond);
            return Duration.ofNanos(Math.max(0, due - (System.nanoTime() - begun)));
        }
    }

    /** Closes the connection in the middle of the body. */
    private static Mono<DataBuffer> hangUp(ServerHttpResponse http) {
        return Mono.delay(BEFORE_HANGING_UP).then(Mono.defer(() -> {
            HttpServerResponse netty = ((AbstractServerHttpResponse) http).getNativeResponse();
            netty.withConnection(connection -> connection.dispose());
            return Mono.never();
        }));
    }

    private static <F extends FileFault> Optional<F> find(Class<F> kind, List<FileFault> striking) {
        return striking.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    private static @Nullable String header(ServerRequest request, String name) {
        return request.headers().firstHeader(name);
    }

    private Mono<ServerResponse> expired() {
        return ServerResponse.status(403).contentType(MediaType.APPLICATION_XML).bodyValue("""
                <?xml version="1.0" encoding="UTF-8"?>
                <Error><Code>AccessDenied</Code><Message>Request has expired</Message><ServerTime>%s</ServerTime></Error>
                """.formatted(clock.instant().truncatedTo(ChronoUnit.SECONDS)));
    }

    private static Mono<ServerResponse> error(int status, String code, String message) {
        return ServerResponse.status(status).contentType(MediaType.APPLICATION_XML).bodyValue(xml(code, message));
    }

    private static String xml(String code, String message) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <Error><Code>%s</Code><Message>%s</Message></Error>
                """.formatted(code, message);
    }
}
