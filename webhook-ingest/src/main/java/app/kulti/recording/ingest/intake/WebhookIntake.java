package app.kulti.recording.ingest.intake;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.RawBody;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.ingest.authenticity.Authenticity;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.MethodNotAllowedException;
import reactor.core.publisher.Mono;

/**
 * Takes what 100ms posts: believed, read as far as needed, made durable, then acknowledged. 100ms takes nothing but 200 for
 * success and tries three more times within 14 seconds, so whatever is our own trouble is a 503 and never a 4xx.
 *
 * @see <a href="https://www.100ms.live/docs/server-side/v2/how-to-guides/configure-webhooks/overview">100ms: webhooks</a>
 */
public final class WebhookIntake {
    /** Two hundred times what 100ms sends. */
    static final int LARGEST_BODY = 256 * 1024;

    private static final String PATH = "/api/webhooks/hms";
    private static final byte[] RECEIVED = "{\"received\":true}".getBytes(StandardCharsets.UTF_8);

    private final Authenticity authenticity;
    private final DurableWebhooks webhooks;
    private final InstantSource clock;
    private final IntakeCounts counts;

    /** An intake that writes to {@code webhooks}. */
    public WebhookIntake(Authenticity authenticity, DurableWebhooks webhooks, InstantSource clock,
            MeterRegistry meters) {
        this.authenticity = authenticity;
        this.webhooks = webhooks;
        this.clock = clock;
        this.counts = new IntakeCounts(meters);
    }

    /** The one route of this service. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route().POST(PATH, this::receive)
                .route(RequestPredicates.path(PATH),
                        request -> Mono
                                .error(new MethodNotAllowedException(request.method(), List.of(HttpMethod.POST))))
                .build();
    }

    private Mono<ServerResponse> receive(ServerRequest request) {
        var http = request.exchange().getRequest();
        return Mono.defer(() -> body(http)).flatMap(body -> keep(http.getHeaders(), body))
                .then(received())
                .doOnError(Refusal.class, refusal -> counts.refused(refusal.reason()));
    }

    private Mono<byte[]> body(ServerHttpRequest http) {
        var headers = http.getHeaders();
        var doubt = authenticity.ofHead(headers, http.getRemoteAddress());
        if (doubt != null) {
            return Mono.error(Refusal.unauthentic(doubt));
        }
        if (!isJson(headers)) {
            return Mono.error(Refusal.notJson());
        }
        if (headers.getContentLength() > LARGEST_BODY) {
            return Mono.error(Refusal.tooLarge(LARGEST_BODY));
        }
        return DataBufferUtils.join(http.getBody(), LARGEST_BODY).map(WebhookIntake::bytes)
                .onErrorMap(fault -> fault instanceof DataBufferLimitException
                        ? Refusal.tooLarge(LARGEST_BODY)
                        : Refusal.cutShort(fault))
                .defaultIfEmpty(new byte[0]);
    }

    private Mono<Void> keep(HttpHeaders headers, byte[] body) {
        var doubt = authenticity.ofBody(headers, body);
        if (doubt != null) {
            return Mono.error(Refusal.unauthentic(doubt));
        }
        var webhook = WebhookReader.read(body);
        if (UnrelatedFamilies.include(webhook)) {
            counts.unrelated(webhook);
            return Mono.empty();
        }
        return webhooks.write(envelope(webhook, body)).onErrorMap(Refusal::unavailable)
                .doOnSuccess(_ -> counts.published());
    }

    private Envelope<HmsWebhook> envelope(ReadWebhook webhook, byte[] body) {
        return Envelope.of(EventId.ofBody(body), clock.instant(), ServiceName.INGEST, new HmsWebhook.Delivered(
                webhook.type(), webhook.roomId(), webhook.hmsRecordingId(), RawBody.of(body)));
    }

    private static Mono<ServerResponse> received() {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).contentLength(RECEIVED.length)
                .build((exchange, _) -> {
                    var response = exchange.getResponse();
                    return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(RECEIVED)));
                });
    }

    private static boolean isJson(HttpHeaders headers) {
        try {
            var type = headers.getContentType();
            return type != null && MediaType.APPLICATION_JSON.includes(type);
        } catch (InvalidMediaTypeException _) {
            return false;
        }
    }

    private static byte[] bytes(DataBuffer buffer) {
        try {
            var bytes = new byte[buffer.readableByteCount()];
            buffer.read(bytes);
            return bytes;
        } finally {
            DataBufferUtils.release(buffer);
        }
    }
}
