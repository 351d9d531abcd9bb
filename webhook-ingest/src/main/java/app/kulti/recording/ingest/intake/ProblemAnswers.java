package app.kulti.recording.ingest.intake;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
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
        var response = exchange.getResponse();
        if (response.isCommitted()) {
            return Mono.error(fault);
        }
        var answer = to(exchange.getRequest().getHeaders(), fault);
        response.setStatusCode(answer.status());
        response.getHeaders().putAll(answer.headers());
        return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(answer.bytes())));
    }

    /** What to say to a request with such headers; notes the refusal. */
    Answer to(HttpHeaders request, Throwable fault) {
        return switch (fault) {
            case Refusal refusal -> {
                log.note(refusal);
                counts.refused(refusal.reason());
                var headers = closingWhenTheBodyMayGoOn(request);
                if (refusal.reason() == Refusal.Reason.UNAVAILABLE) {
                    headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
                }
                yield answer(refusal.reason().status(), headers, String.valueOf(refusal.getMessage()));
            }
            case ErrorResponse error -> {
                var headers = closingWhenTheBodyMayGoOn(request);
                headers.putAll(error.getHeaders());
                yield answer(error.getStatusCode(), headers, title(error.getStatusCode()));
            }
            default -> {
                LOG.error("a request failed for no known reason", fault);
                yield answer(HttpStatus.INTERNAL_SERVER_ERROR, closingWhenTheBodyMayGoOn(request),
                        "something went wrong here");
            }
        };
    }

    /** What was refused unread must not be sent to us for ever after; a short rest does no harm, and the connection lives. */
    private static HttpHeaders closingWhenTheBodyMayGoOn(HttpHeaders request) {
        var answer = new HttpHeaders();
        if (request.containsHeader(HttpHeaders.TRANSFER_ENCODING)
                || request.getContentLength() > WebhookIntake.LARGEST_BODY) {
            answer.setConnection("close");
        }
        return answer;
    }

    private Answer answer(HttpStatusCode status, HttpHeaders headers, String error) {
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        var answer = new Answer(status, headers,
                json.writeValueAsString(new Problem(title(status), status.value(), error, error)));
        headers.setContentLength(answer.bytes().length);
        return answer;
    }

    private static String title(HttpStatusCode status) {
        return status instanceof HttpStatus known ? known.getReasonPhrase() : "Error";
    }

    /** To be written by whichever server asked. */
    record Answer(HttpStatusCode status, HttpHeaders headers, String body) {
        byte[] bytes() {
            return body.getBytes(StandardCharsets.UTF_8);
        }
    }

    private record Problem(String title, int status, String detail, String error) {}
}
