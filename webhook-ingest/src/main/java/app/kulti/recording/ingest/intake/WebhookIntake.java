package app.kulti.recording.ingest.intake;

import static io.netty.handler.codec.http.HttpMethod.POST;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.RawBody;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.ingest.authenticity.Authenticity;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.support.Netty4HeadersAdapter;
import org.springframework.web.server.MethodNotAllowedException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Takes what 100ms posts: believed, read as far as needed, made durable, then acknowledged. 100ms takes nothing but 200 for
 * success and tries three more times within 14 seconds, so whatever is our own trouble is a 503 and never a 4xx.
 *
 * @see <a href="https://www.100ms.live/docs/server-side/v2/how-to-guides/configure-webhooks/overview">100ms: webhooks</a>
 */
final class WebhookIntake {
    /** Two hundred times what 100ms sends. */
    static final int LARGEST_BODY = 256 * 1024;

    private static final NettyDataBufferFactory BUFFERS = new NettyDataBufferFactory(ByteBufAllocator.DEFAULT);
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
    Mono<Void> take(HttpServerRequest request, HttpServerResponse response) {
        if (!request.method().equals(POST)) {
            throw new MethodNotAllowedException(request.method().name(), List.of(HttpMethod.POST));
        }
        var headers = new HttpHeaders(new Netty4HeadersAdapter(request.requestHeaders()));
        refuseByItsHead(headers, request.remoteAddress());
        return DataBufferUtils.join(request.receive().retain().map(BUFFERS::wrap), LARGEST_BODY)
                .onErrorMap(WebhookIntake::whyNotRead).switchIfEmpty(NOTHING)
                .flatMap(buffer -> keep(headers, bytes(buffer), eventLoopOf(request)))
                .then(Mono.defer(() -> received(response)));
    }

    private void refuseByItsHead(HttpHeaders headers, @Nullable InetSocketAddress peer) {
        var doubt = authenticity.ofHead(headers, peer);
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

    private Mono<Void> keep(HttpHeaders headers, byte[] body, Scheduler eventLoop) {
        var begun = System.nanoTime();
        var doubt = authenticity.ofBody(headers, body);
        if (doubt != null) {
            throw Refusal.unauthentic(doubt);
        }
        var webhook = WebhookReader.read(body);
        if (UnrelatedFamilies.include(webhook)) {
            counts.unrelated(webhook);
            return Mono.empty();
        }
        return webhooks.write(envelope(webhook, body)).publishOn(eventLoop)
                .onErrorMap(Refusal::unavailable)
                .doOnSuccess(_ -> counts.published(System.nanoTime() - begun));
    }

    /** Where the request was read. Whoever answers it from another thread goes there anyway, but with every single write. */
    private static Scheduler eventLoopOf(HttpServerRequest request) {
        var eventLoop = ((Connection) request).channel().eventLoop();
        // As a mere executor: as the service that it is, it would make a future of each task.
        return Schedulers.fromExecutor(task -> eventLoop.execute(task));
    }

    private Envelope<HmsWebhook> envelope(ReadWebhook webhook, byte[] body) {
        return Envelope.of(EventId.ofBody(body), clock.instant(), ServiceName.INGEST, new HmsWebhook.Delivered(
                webhook.type(), webhook.roomId(), webhook.hmsRecordingId(), RawBody.of(body)));
    }

    private static Mono<Void> received(HttpServerResponse response) {
        return response.header(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(RECEIVED))).then();
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
