package app.kulti.recording.ingest.intake;

import app.kulti.recording.ingest.authenticity.Authenticity;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.time.InstantSource;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;
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

    /** Whether {@code request} is one that this answers; a path may be written in many ways (RFC 9112, 3.2). */
    public static boolean isFor(HttpServerRequest request) {
        try {
            return request.uri().equals(PATH) || request.fullPath().equals(PATH);
        } catch (IllegalArgumentException _) {
            // No URI at all, which is for WebFlux to say.
            return false;
        }
    }

    @Override
    public Mono<Void> apply(HttpServerRequest request, HttpServerResponse response) {
        return Mono.defer(() -> intake.take(request, response))
                .onErrorResume(fault -> observed(fault).then(refuse(request, response, fault)))
                // Nobody is there to be answered.
                .onErrorComplete(DisconnectedClientHelper::isClientDisconnectedException);
    }

    /** In Spring's terms, as all that goes through WebFlux is refused: that it costs more does no harm. */
    private Mono<Void> refuse(HttpServerRequest request, HttpServerResponse response, Throwable fault) {
        if (response.hasSentHeaders()) {
            return Mono.error(fault);
        }
        return new ReactorHttpHandlerAdapter((refused, answer) -> problems.answer(refused, answer, fault)
                // The answer to a HEAD has no body with which its status would go out.
                .then(Mono.defer(answer::setComplete))).apply(request, response);
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
