package app.kulti.recording.gateway.failure;

import app.kulti.recording.infra.observability.RecordingInLogs;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ContentTooLargeException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;

/** The one place where a thrown thing becomes an answer. Ours are {@link Problem}s already; the rest is the framework's and the drivers'. */
@Order(-2) // before Boot's own, which would show what it was thrown
public final class Failures implements ErrorWebExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(Failures.class);
    private static final int DEEPEST_CAUSE = 20;

    private final ProblemWriter problems;

    public Failures(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable thrown) {
        if (AbortedException.isConnectionReset(thrown)) {
            // Nobody is there any more to be told.
            return Mono.empty();
        }
        var problem = problemOf(thrown);
        if (problem.type() == ProblemType.INTERNAL) {
            about(exchange, log.atError()).setCause(thrown).log("{} {} failed", exchange.getRequest().getMethod(),
                    exchange.getRequest().getPath().value());
        } else if (problem.type() == ProblemType.UNAVAILABLE && problem != thrown) {
            about(exchange, log.atWarn()).log("{} {} could not be served: {}", exchange.getRequest().getMethod(),
                    exchange.getRequest().getPath().value(), thrown.toString());
        }
        return problems.write(exchange, problem);
    }

    /** Names the recording where the path does, for it to be found in the log. */
    private static LoggingEventBuilder about(ServerWebExchange exchange, LoggingEventBuilder line) {
        Map<String, String> variables = exchange
                .getAttributeOrDefault(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of());
        var recording = variables.get("id");
        return recording == null ? line : line.addKeyValue(RecordingInLogs.FIELD, recording);
    }

    static Problem problemOf(Throwable thrown) {
        return switch (thrown) {
            case Problem problem -> problem;
            case WebExchangeBindException invalid -> invalidBody(invalid);
            case HandlerMethodValidationException invalid -> invalidParameter(invalid);
            case UnsupportedMediaTypeStatusException media -> new Problem(ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "Send the body as application/json.").withHeaders(media.getHeaders());
            case MethodNotAllowedException method -> new Problem(ProblemType.METHOD_NOT_ALLOWED,
                    "Allowed here: " + names(method) + ".").withHeaders(method.getHeaders());
            case ContentTooLargeException _ -> tooLarge();
            case ServerWebInputException input -> unreadable(input);
            case ResponseStatusException status -> ofStatus(status.getStatusCode(), status.getHeaders());
            // More than the framework wants to sort; what it cannot read at all is a status of its own.
            case InvalidMimeTypeException _ -> notAcceptable();
            case AuthenticationServiceException _ -> new Problem(ProblemType.UNAVAILABLE,
                    "The keys that sign-ins are checked with cannot be fetched at the moment. Try again shortly.");
            case RejectedExecutionException _ -> new Problem(ProblemType.UNAVAILABLE,
                    "Too many requests are under way. Try again shortly.");
            case Exception e when isCausedBy(e, DataBufferLimitException.class) -> tooLarge();
            default -> new Problem(ProblemType.INTERNAL,
                    "The request could not be served. It has been noted; try again later.");
        };
    }

    private static Problem invalidBody(WebExchangeBindException invalid) {
        var wrong = invalid.getFieldErrors().stream().findFirst().orElse(null);
        return wrong == null
                ? new Problem(ProblemType.INVALID_REQUEST, "The request's body is not as it should be.")
                : Problem.invalid(wrong.getField(), wrong.getField() + " " + wrong.getDefaultMessage() + ".");
    }

    private static Problem invalidParameter(HandlerMethodValidationException invalid) {
        return invalid.getParameterValidationResults().stream().findFirst().map(result -> {
            var name = nameOf(result.getMethodParameter());
            return Problem.invalid(name,
                    name + " " + result.getResolvableErrors().getFirst().getDefaultMessage() + ".");
        }).orElseGet(() -> new Problem(ProblemType.INVALID_REQUEST, "The request is not as it should be."));
    }

    private static Problem unreadable(ServerWebInputException input) {
        if (isCausedBy(input, DataBufferLimitException.class)) {
            return tooLarge();
        }
        if (input instanceof MissingRequestValueException missing) {
            return Problem.invalid(missing.getName(), missing.getName() + " is missing.");
        }
        var json = cause(input, JacksonException.class);
        if (json != null) {
            return unreadable(json);
        }
        var parameter = input.getMethodParameter();
        if (parameter == null || isBody(parameter)) {
            return new Problem(ProblemType.INVALID_REQUEST, "A JSON object is needed as the request's body.");
        }
        var name = nameOf(parameter);
        return Problem.invalid(name, "%s has to be %s.".formatted(name, described(parameter.getParameterType())));
    }

    /** Which field it was, in our own words: Jackson's would quote the content and name our classes. */
    private static Problem unreadable(JacksonException e) {
        var field = e.getPath().stream().map(JacksonException.Reference::getPropertyName).filter(Objects::nonNull)
                .collect(Collectors.joining("."));
        var target = switch (e) {
            case MismatchedInputException mismatch -> mismatch.getTargetType();
            case InputCoercionException tooLarge -> tooLarge.getTargetType();
            default -> null;
        };
        if (target != null && !field.isEmpty()) {
            return Problem.invalid(field, "%s has to be %s.".formatted(field, described(target)));
        }
        return new Problem(ProblemType.INVALID_REQUEST, e instanceof StreamReadException
                ? "The request's body is no JSON, or names a field twice."
                : "A JSON object is needed as the request's body.");
    }

    private static String described(@Nullable Class<?> type) {
        if (type == UUID.class || isId(type)) {
            return "a UUID such as 2cf861a1-ca87-54fd-9f9d-7e7dee8eec57";
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return "a whole number";
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (type == String.class) {
            return "a text";
        }
        return "of another kind";
    }

    /** One of the records that say what a UUID is the id of. */
    private static boolean isId(@Nullable Class<?> type) {
        return type != null && type.isRecord() && type.getRecordComponents().length == 1
                && type.getRecordComponents()[0].getType() == UUID.class;
    }

    private static Problem ofStatus(HttpStatusCode status, HttpHeaders headers) {
        return switch (status.value()) {
            case 400 -> new Problem(ProblemType.INVALID_REQUEST, "The request is not as it should be.");
            case 404 -> new Problem(ProblemType.NO_SUCH_ROUTE, "There is nothing at this address.");
            case 406 -> notAcceptable();
            case 413 -> tooLarge();
            default -> new Problem(status.is4xxClientError() ? ProblemType.INVALID_REQUEST : ProblemType.INTERNAL,
                    "The request could not be served.").withHeaders(headers);
        };
    }

    private static Problem notAcceptable() {
        return new Problem(ProblemType.NOT_ACCEPTABLE, "The answer is JSON: accept application/json.");
    }

    private static Problem tooLarge() {
        return new Problem(ProblemType.CONTENT_TOO_LARGE, "The request's body may have 10 KB at most.");
    }

    private static boolean isBody(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(RequestBody.class);
    }

    private static String nameOf(MethodParameter parameter) {
        var query = parameter.getParameterAnnotation(RequestParam.class);
        if (query != null && !query.name().isEmpty()) {
            return query.name();
        }
        var header = parameter.getParameterAnnotation(RequestHeader.class);
        if (header != null && !header.name().isEmpty()) {
            return header.name();
        }
        return Objects.requireNonNullElse(parameter.getParameterName(), "request");
    }

    private static String names(MethodNotAllowedException e) {
        return e.getSupportedMethods().stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
    }

    private static boolean isCausedBy(Throwable thrown, Class<? extends Throwable> type) {
        return cause(thrown, type) != null;
    }

    private static <T extends Throwable> @Nullable T cause(Throwable thrown, Class<T> type) {
        Throwable one = thrown;
        for (int depth = 0; one != null && depth < DEEPEST_CAUSE; depth++) {
            if (type.isInstance(one)) {
                return type.cast(one);
            }
            one = one.getCause();
        }
        return null;
    }
}
