package app.kulti.recording.ingest.intake;

import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.util.Map;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.http.server.reactive.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.reactive.observation.ServerHttpObservationDocumentation;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.http.server.reactive.observation.ServerRequestObservationConvention;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Observes each request as WebFlux does those that pass through it, so that its span stands at the beginning of the trace. It costs as
 * much as reading the webhook: only for where somebody traces.
 */
public final class ObservedEndpoint implements BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> {
    private static final ServerRequestObservationConvention CONVENTION = new DefaultServerRequestObservationConvention();

    private final WebhookEndpoint endpoint;
    private final ObservationRegistry observations;
    private final ReactorHttpHandlerAdapter observing = new ReactorHttpHandlerAdapter(this::observe);

    /** Observes what {@code endpoint} does. */
    public ObservedEndpoint(WebhookEndpoint endpoint, ObservationRegistry observations) {
        this.endpoint = endpoint;
        this.observations = observations;
    }

    @Override
    public Mono<Void> apply(HttpServerRequest request, HttpServerResponse response) {
        return observing.apply(request, response);
    }

    private Mono<Void> observe(ServerHttpRequest request, ServerHttpResponse response) {
        return Mono.defer(() -> {
            var context = new ServerRequestObservationContext(request, response, Map.of());
            context.setPathPattern(WebhookEndpoint.PATH);
            var observation = ServerHttpObservationDocumentation.HTTP_REACTIVE_SERVER_REQUESTS
                    .observation(null, CONVENTION, () -> context, observations).start();
            return unobserved(request, response).doOnError(observation::error)
                    .doOnCancel(() -> context.setConnectionAborted(true)).doFinally(_ -> observation.stop())
                    .contextWrite(reactor -> reactor.put(ObservationThreadLocalAccessor.KEY, observation));
        });
    }

    private Mono<Void> unobserved(ServerHttpRequest request, ServerHttpResponse response) {
        return endpoint.apply(ServerHttpRequestDecorator.getNativeRequest(request),
                ServerHttpResponseDecorator.getNativeResponse(response));
    }
}
