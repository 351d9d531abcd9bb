package app.kulti.recording.gateway.failure;

import java.util.function.Predicate;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Writes a problem as the answer, whatever the caller said it accepts. */
public final class ProblemWriter {
    private static final String RETRY_AFTER_SECONDS = "5";

    private final JsonMapper json;
    private final Predicate<ServerHttpResponse> isAnswered;

    /**
     * A writer.
     *
     * @param isAnswered whether the server itself has answered already, without the framework knowing
     */
    public ProblemWriter(JsonMapper json, Predicate<ServerHttpResponse> isAnswered) {
        this.json = json;
        this.isAnswered = isAnswered;
    }

    /** Done when it is written; done at once when an answer has already begun. */
    public Mono<Void> write(ServerWebExchange exchange, Problem problem) {
        return Mono.defer(() -> {
            var response = exchange.getResponse();
            if (response.isCommitted() || isAnswered.test(response)) {
                return Mono.empty();
            }
            var body = json.writeValueAsBytes(problem.body());
            response.setStatusCode(problem.type().status());
            response.getHeaders().addAll(problem.headers());
            if (problem.type().status() == HttpStatus.SERVICE_UNAVAILABLE
                    && !problem.headers().containsHeader(HttpHeaders.RETRY_AFTER)) {
                response.getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            }
            response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
            response.getHeaders().setContentLength(body.length);
            return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
        });
    }
}
