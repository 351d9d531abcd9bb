package app.kulti.recording.ingest.intake;

import app.kulti.recording.ingest.authenticity.Authenticity;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.time.InstantSource;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;

/**
 * Answers what comes to {@link #PATH}. Stands before WebFlux, whose exchange, filters, mappings and adapters cost a third of all that
 * is done with a webhook, and do nothing for it.
 */
public final class WebhookEndpoint implements HttpHandler {
    /** Where 100ms posts to. */
    public static final String PATH = "/api/webhooks/hms";

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

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        return Mono.defer(() -> intake.take(request, response))
                .onErrorResume(fault -> observed(fault).then(problems.answer(request, response, fault))
                        // The answer to a HEAD has no body with which its status would go out.
                        .then(Mono.defer(response::setComplete)))
                // Nobody is there to be answered.
                .onErrorComplete(DisconnectedClientHelper::isClientDisconnectedException);
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
