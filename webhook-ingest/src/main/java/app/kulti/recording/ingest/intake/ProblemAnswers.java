package app.kulti.recording.ingest.intake;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Every answer that is not 200: a problem of RFC 9457, with {@code error} beside it for plain clients. */
@Order(-2) // before Boot's own, which stands at -1
public final class ProblemAnswers implements WebExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAnswers.class);
    /** The first pause of 100ms's own schedule. */
    private static final String RETRY_AFTER_SECONDS = "1";

    private final JsonMapper json;
    private final RefusalLog log;
    private final IntakeCounts counts;

    /** Answers that count each refusal in {@code meters}, and whose log lines keep their distance by {@code clock}. */
    public ProblemAnswers(JsonMapper json, MeterRegistry meters, InstantSource clock) {
        this.json = json;
        this.log = new RefusalLog(clock);
        this.counts = new IntakeCounts(meters);
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable fault) {
        return answer(exchange.getRequest(), exchange.getResponse(), fault);
    }

    /** Says in {@code response} what is wrong; fails with {@code fault} when something else has been said already. */
    Mono<Void> answer(ServerHttpRequest request, ServerHttpResponse response, Throwable fault) {
        if (response.isCommitted()) {
            return Mono.error(fault);
        }
        closeWhenTheBodyMayGoOn(request, response.getHeaders());
        return switch (fault) {
            case Refusal refusal -> {
                log.note(refusal);
                counts.refused(refusal.reason());
                if (refusal.reason() == Refusal.Reason.UNAVAILABLE) {
                    response.getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
                }
                yield write(response, refusal.reason().status(), String.valueOf(refusal.getMessage()));
            }
            case ErrorResponse error -> {
                response.getHeaders().putAll(error.getHeaders());
                yield write(response, error.getStatusCode(), title(error.getStatusCode()));
            }
            default -> {
                LOG.error("a request failed for no known reason", fault);
                yield write(response, HttpStatus.INTERNAL_SERVER_ERROR, "something went wrong here");
            }
        };
    }

    /** What was refused unread must not be sent to us for ever after; a short rest does no harm, and the connection lives. */
    private static void closeWhenTheBodyMayGoOn(ServerHttpRequest request, HttpHeaders answer) {
        var headers = request.getHeaders();
        if (headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)
                || headers.getContentLength() > WebhookIntake.LARGEST_BODY) {
            answer.setConnection("close");
        }
    }

    private Mono<Void> write(ServerHttpResponse response, HttpStatusCode status, String error) {
        var body = json.writeValueAsBytes(new Problem(title(status), status.value(), error, error));
        response.setStatusCode(status);
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    private static String title(HttpStatusCode status) {
        return status instanceof HttpStatus known ? known.getReasonPhrase() : "Error";
    }

    private record Problem(String title, int status, String detail, String error) {}
}
