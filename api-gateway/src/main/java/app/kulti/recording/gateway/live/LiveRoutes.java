package app.kulti.recording.gateway.live;

import app.kulti.recording.gateway.access.Caller;
import app.kulti.recording.gateway.access.CallerAuthentication;
import app.kulti.recording.gateway.failure.FailsWith;
import app.kulti.recording.gateway.failure.Problem;
import app.kulti.recording.gateway.failure.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import tools.jackson.databind.json.JsonMapper;

/** The caller's recordings as something happens to them. */
@RestController
@Tag(name = "Live")
public final class LiveRoutes {
    private static final Logger log = LoggerFactory.getLogger(LiveRoutes.class);
    private static final String LAST_EVENT_ID = "Last-Event-ID";
    /** Clocks differ, and what was published first may be heard last. */
    private static final Duration OVERLAP = Duration.ofMinutes(1);
    private static final Duration COME_BACK_AFTER = Duration.ofSeconds(2);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final LiveStreams streams;
    private final ChangedRecordings changes;
    private final Revisions revisions;
    private final HearsOutcomes hearsOutcomes;
    private final JsonMapper json;
    private final InstantSource clock;

    LiveRoutes(LiveStreams streams, ChangedRecordings changes, Revisions revisions, HearsOutcomes hearsOutcomes,
            JsonMapper json, InstantSource clock) {
        this.streams = streams;
        this.changes = changes;
        this.revisions = revisions;
        this.hearsOutcomes = hearsOutcomes;
        this.json = json;
        this.clock = clock;
    }

    /**
     * An event stream of the recordings of all sessions that the caller hosts or takes part in. It ends with the token; a reader
     * who comes back with {@code Last-Event-ID} is told first what has changed meanwhile.
     */
    @Operation(operationId = "followRecordings")
    @ApiResponse(responseCode = "200", description = "Events named `recording`, each with this as its data.", content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(implementation = LiveEvent.class)))
    @FailsWith(ProblemType.TOO_MANY_REQUESTS)
    @GetMapping("/api/recordings/events")
    Mono<Void> events(CallerAuthentication signedIn,
            @RequestHeader(name = LAST_EVENT_ID, required = false) @Nullable String lastEventId,
            ServerWebExchange exchange) {
        requireStreamWanted(exchange.getRequest());
        requireNoTokenInAddress(exchange.getRequest());
        var since = position(lastEventId);
        if (!hearsOutcomes.now()) {
            throw new Problem(ProblemType.UNAVAILABLE, "Events cannot be followed at the moment. Try again shortly.");
        }
        var response = exchange.getResponse();
        response.getHeaders().setContentType(MediaType.TEXT_EVENT_STREAM);
        // nginx would collect small events before it passes them on.
        response.getHeaders().set("X-Accel-Buffering", "no");
        var reader = new Reader(signedIn.getPrincipal().id(), signedIn.isAnonymous());
        return Mono.using(() -> streams.open(reader, signedIn.expiresAt()),
                stream -> Mono.firstWithSignal(
                        written(response, frames(signedIn.getPrincipal(), stream, since)),
                        hungUp(stream, exchange.getRequest())),
                streams::close);
    }

    private Flux<Frame> frames(Caller caller, LiveStream stream, @Nullable Instant since) {
        var openedAt = clock.instant();
        var missed = since == null
                ? Flux.<Frame>empty()
                : changes.since(caller, since.minus(OVERLAP))
                        .doOnNext(revisions::heardOf)
                        // Without a position: only all of them together bring a reader to where the stream is.
                        .map(recording -> Frame.event(LiveEvent.present(recording), null, json));
        return Flux.concat(missed, Mono.fromSupplier(() -> Frame.position(openedAt, COME_BACK_AFTER)),
                stream.frames().filter(frame -> frame.recording() == null || !revisions.isOutdated(frame.recording())));
    }

    private static Mono<Void> written(ServerHttpResponse response, Flux<Frame> frames) {
        var buffers = response.bufferFactory();
        return response.writeAndFlushWith(frames.map(frame -> Mono.just(buffers.wrap(frame.bytes().duplicate()))));
    }

    /** A reader that does not read would hold on to the connection also beyond the stream's end. */
    private static Mono<Void> hungUp(LiveStream stream, ServerHttpRequest request) {
        return stream.ended().then(Mono.delay(FAREWELL))
                .onErrorResume(LiveStream.SlowReader.class, _ -> {
                    log.info("Dropped a reader who did not read");
                    return Mono.just(0L);
                })
                .doOnNext(_ -> {
                    HttpServerRequest connected = ServerHttpRequestDecorator.getNativeRequest(request);
                    connected.withConnection(connection -> connection.dispose());
                })
                .then();
    }

    private static void requireStreamWanted(ServerHttpRequest request) {
        var accepted = request.getHeaders().getAccept();
        if (!accepted.isEmpty() && accepted.stream().noneMatch(type -> type.includes(MediaType.TEXT_EVENT_STREAM))) {
            throw new Problem(ProblemType.NOT_ACCEPTABLE, "The answer is an event stream: accept text/event-stream.");
        }
    }

    /** Addresses are logged on their way, so a token in one is known to others. */
    private static void requireNoTokenInAddress(ServerHttpRequest request) {
        if (request.getQueryParams().containsKey("access_token")) {
            throw Problem.invalid("access_token", "access_token must not stand in the address, which is logged on its "
                    + "way. Send the token as Authorization: Bearer, and treat this one as known to others.");
        }
    }

    private @Nullable Instant position(@Nullable String lastEventId) {
        if (lastEventId == null || lastEventId.isEmpty()) {
            return null;
        }
        try {
            var position = Instant.parse(lastEventId);
            var now = clock.instant();
            return position.isBefore(Instant.EPOCH) ? Instant.EPOCH : position.isAfter(now) ? now : position;
        } catch (DateTimeException _) {
            throw Problem.invalid(LAST_EVENT_ID,
                    LAST_EVENT_ID + " has to be an id that a stream gave, such as 2026-11-22T10:15:30.123Z.");
        }
    }
}
