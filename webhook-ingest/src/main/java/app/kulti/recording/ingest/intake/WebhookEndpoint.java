package app.kulti.recording.ingest.intake;

import app.kulti.recording.ingest.authenticity.Authenticity;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.netty.buffer.Unpooled;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.InstantSource;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.http.HttpHeaders;
import org.springframework.http.support.Netty4HeadersAdapter;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Answers what comes to {@code /api/webhooks/hms}. A route of the web server's own, before WebFlux, whose requests and responses,
 * exchange, filters, mappings and adapters cost more than reading a webhook and sending it to Kafka, and do nothing for it.
 */
public final class WebhookEndpoint implements BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> {
    static final String PATH = "/api/webhooks/hms";

    private final WebhookIntake intake;
    private final ProblemAnswers problems;

    /**
     * An endpoint that writes to {@code webhooks}.
     *
     * @param problems for what is refused
     */
    public WebhookEndpoint(Authenticity authenticity, DurableWebhooks webhooks, InstantSource clock,
            MeterRegistry meters, ProblemAnswers problems) {
        this.intake = new WebhookIntake(authenticity, webhooks, clock, meters);
        this.problems = problems;
    }

    /** Whether {@code request} is one that this answers; its target may have a query or name the host (RFC 9112, 3.2). */
    public static boolean isFor(HttpServerRequest request) {
        var target = request.uri();
        return target.equals(PATH) || PATH.equals(path(target));
    }

    /** Null of what is no URI; that it is none is for WebFlux to say. */
    private static @Nullable String path(String target) {
        try {
            return new URI(target).getRawPath();
        } catch (URISyntaxException _) {
            return null;
        }
    }

    @Override
    public Mono<Void> apply(HttpServerRequest request, HttpServerResponse response) {
        return Mono.defer(() -> intake.take(request, response))
                .onErrorResume(fault -> observed(fault).then(Mono.defer(() -> refuse(request, response, fault))))
                // Nobody is there to be answered.
                .onErrorComplete(DisconnectedClientHelper::isClientDisconnectedException);
    }

    private Mono<Void> refuse(HttpServerRequest request, HttpServerResponse response, Throwable fault) {
        if (response.hasSentHeaders() || fault instanceof AbortedException) {
            // Something has been said already, or the 200 found nobody who listens.
            return Mono.error(fault);
        }
        var answer = problems.to(new HttpHeaders(new Netty4HeadersAdapter(request.requestHeaders())), fault);
        answer.headers().forEach(response.responseHeaders()::set);
        return response.status(answer.status().value())
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(answer.bytes()))).then();
    }

    /** The answer is all right then, the request is not. */
    private static Mono<Void> observed(Throwable fault) {
        return Mono.deferContextual(context -> {
            context.<Observation>getOrEmpty(ObservationThreadLocalAccessor.KEY)
                    .ifPresent(observation -> observation.error(fault));
            return Mono.empty();
        });
    }
}
