package app.kulti.recording.ingest.intake;

import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.util.Map;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.reactive.observation.ServerHttpObservationDocumentation;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.http.server.reactive.observation.ServerRequestObservationConvention;
import reactor.core.publisher.Mono;

/**
 * Observes each request as WebFlux does those that pass through it, so that its span stands at the beginning of the trace. It costs as
 * much as reading the webhook: only for where somebody traces.
 */
public final class ObservedEndpoint implements HttpHandler {
    private static final ServerRequestObservationConvention CONVENTION = new DefaultServerRequestObservationConvention();

    private final HttpHandler endpoint;
    private final ObservationRegistry observations;

    /** Observes what {@code endpoint} does. */
    public ObservedEndpoint(HttpHandler endpoint, ObservationRegistry observations) {
        this.endpoint = endpoint;
        this.observations = observations;
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        return Mono.defer(() -> {
            var context = new ServerRequestObservationContext(request, response, Map.of());
            context.setPathPattern(WebhookEndpoint.PATH);
            var observation = ServerHttpObservationDocumentation.HTTP_REACTIVE_SERVER_REQUESTS
                    .observation(null, CONVENTION, () -> context, observations).start();
            return endpoint.handle(request, response).doOnError(observation::error)
                    .doOnCancel(() -> context.setConnectionAborted(true)).doFinally(_ -> observation.stop())
                    .contextWrite(reactor -> reactor.put(ObservationThreadLocalAccessor.KEY, observation));
        });
    }
}
