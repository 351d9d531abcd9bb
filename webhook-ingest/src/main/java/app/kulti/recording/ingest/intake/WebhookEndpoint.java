package app.kulti.recording.ingest.intake;

import app.kulti.recording.ingest.authenticity.Authenticity;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;

/**
 * What stands before WebFlux: 100ms's requests go straight to the intake, all others on to WebFlux. Its exchange, filters,
 * mappings and adapters cost a third of all that is done with a webhook, and do nothing for it.
 */
public final class WebhookEndpoint implements HttpHandler {
    /** Where 100ms posts to. */
    private static final String PATH = "/api/webhooks/hms";

    private final WebhookIntake intake;
    private final ProblemAnswers problems;
    private final HttpHandler others;

    /**
     * An endpoint that writes to {@code webhooks}.
     *
     * @param problems for what is refused
     * @param others   for every other path
     */
    public WebhookEndpoint(Authenticity authenticity, DurableWebhooks webhooks, InstantSource clock,
            MeterRegistry meters, ProblemAnswers problems, HttpHandler others) {
        this.intake = new WebhookIntake(authenticity, webhooks, clock, meters);
        this.problems = problems;
        this.others = others;
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        return request.getURI().getRawPath().equals(PATH)
                ? take(request, response)
                : others.handle(request, response);
    }

    private Mono<Void> take(ServerHttpRequest request, ServerHttpResponse response) {
        return Mono.defer(() -> intake.take(request, response))
                .onErrorResume(fault -> problems.answer(request, response, fault))
                // Nobody is there to be answered.
                .onErrorComplete(DisconnectedClientHelper::isClientDisconnectedException);
    }
}
