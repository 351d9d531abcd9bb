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
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.MethodNotAllowedException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;

/**
 * Takes what 100ms posts: believed, read as far as needed, made durable, then acknowledged. 100ms takes nothing but 200 for
 * success and tries three more times within 14 seconds, so whatever is our own trouble is a 503 and never a 4xx.
 *
 * @see <a href="https://www.100ms.live/docs/server-side/v2/how-to-guides/configure-webhooks/overview">100ms: webhooks</a>
 */
final class WebhookIntake {
    /** Two hundred times what 100ms sends. */
    static final int LARGEST_BODY = 256 * 1024;

    private static final Mono<DataBuffer> NOTHING = Mono.error(() -> Refusal.malformed("the body is empty"));
    private static final byte[] RECEIVED = "{\"received\":true}".getBytes(StandardCharsets.UTF_8);

    private final Authenticity authenticity;
    private final DurableWebhooks webhooks;
    private final InstantSource clock;
    private final IntakeCounts counts;

    /** An intake that writes to {@code webhooks}. */
    WebhookIntake(Authenticity authenticity, DurableWebhooks webhooks, InstantSource clock,
            MeterRegistry meters) {
        this.authenticity = authenticity;
        this.webhooks = webhooks;
        this.clock = clock;
        this.counts = new IntakeCounts(meters);
    }

    /**
     * Takes {@code request}, and says so in {@code response} once it lies in Kafka.
     *
     * @throws Refusal                   when its head says enough, before any of the body is read; later in what is returned
     * @throws MethodNotAllowedException for anything but a POST
     */
    Mono<Void> take(ServerHttpRequest request, ServerHttpResponse response) {
        refuseByItsHead(request);
        return DataBufferUtils.join(request.getBody(), LARGEST_BODY).onErrorMap(WebhookIntake::whyNotRead)
                .switchIfEmpty(NOTHING).flatMap(buffer -> keep(request, bytes(buffer)))
                .then(Mono.defer(() -> received(response)));
    }

    private void refuseByItsHead(ServerHttpRequest request) {
        var headers = request.getHeaders();
        if (!request.getMethod().equals(HttpMethod.POST)) {
            throw new MethodNotAllowedException(request.getMethod(), List.of(HttpMethod.POST));
        }
        var doubt = authenticity.ofHead(headers, request.getRemoteAddress());
        if (doubt != null) {
            throw Refusal.unauthentic(doubt);
        }
        if (!isJson(headers)) {
            throw Refusal.notJson();
        }
        if (headers.getContentLength() > LARGEST_BODY) {
            throw Refusal.tooLarge(LARGEST_BODY);
        }
    }

    private static Refusal whyNotRead(Throwable fault) {
        return fault instanceof DataBufferLimitException
                ? Refusal.tooLarge(LARGEST_BODY)
                : Refusal.cutShort(fault);
    }

    private Mono<Void> keep(ServerHttpRequest request, byte[] body) {
        var begun = System.nanoTime();
        var doubt = authenticity.ofBody(request.getHeaders(), body);
        if (doubt != null) {
            throw Refusal.unauthentic(doubt);
        }
        var webhook = WebhookReader.read(body);
        if (UnrelatedFamilies.include(webhook)) {
            counts.unrelated(webhook);
            return Mono.empty();
        }
        return webhooks.write(envelope(webhook, body)).publishOn(eventLoopOf(request))
                .onErrorMap(Refusal::unavailable)
                .doOnSuccess(_ -> counts.published(System.nanoTime() - begun));
    }

    /** Where the request was read. Whoever answers it from another thread goes there anyway, but with every single write. */
    private static Scheduler eventLoopOf(ServerHttpRequest request) {
        Connection connection = ServerHttpRequestDecorator.getNativeRequest(request);
        var eventLoop = connection.channel().eventLoop();
        // As a mere executor: as the service that it is, it would make a future of each task.
        return Schedulers.fromExecutor(task -> eventLoop.execute(task));
    }

    private Envelope<HmsWebhook> envelope(ReadWebhook webhook, byte[] body) {
        return Envelope.of(EventId.ofBody(body), clock.instant(), ServiceName.INGEST, new HmsWebhook.Delivered(
                webhook.type(), webhook.roomId(), webhook.hmsRecordingId(), RawBody.of(body)));
    }

    private static Mono<Void> received(ServerHttpResponse response) {
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        response.getHeaders().setContentLength(RECEIVED.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(RECEIVED)));
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
