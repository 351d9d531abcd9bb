package app.kulti.recording.gateway.failure;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ProblemDetail;

/** Ends a request with what its caller gets to see; expected, so without a stack trace. */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final String detail;
    private final @Nullable String field;
    private final @Nullable String idempotencyKey;
    private final transient HttpHeaders headers;

    /**
     * A problem.
     *
     * @param detail one or two sentences for the caller: what was wrong, and how to mend it; nothing that the caller may not know
     */
    public Problem(ProblemType type, String detail) {
        this(type, detail, null, null, HttpHeaders.EMPTY);
    }

    private Problem(ProblemType type, String detail, @Nullable String field, @Nullable String idempotencyKey,
            HttpHeaders headers) {
        super(type + ": " + detail, null, false, false);
        this.type = type;
        this.detail = detail;
        this.field = field;
        this.idempotencyKey = idempotencyKey;
        this.headers = headers;
    }

    /** A request whose {@code field} (of the body, the query, the path or the headers) is wrong. */
    public static Problem invalid(String field, String detail) {
        return new Problem(ProblemType.INVALID_REQUEST, detail).about(field);
    }

    /** Another method is needed: one of {@code allowed}. */
    public static Problem methodNotAllowed(Collection<HttpMethod> allowed) {
        var headers = new HttpHeaders();
        headers.setAllow(Set.copyOf(allowed));
        return new Problem(ProblemType.METHOD_NOT_ALLOWED, "Allowed here: "
                + allowed.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", ")) + ".")
                .withHeaders(headers);
    }

    /** The one answer for what does not exist and for what the caller may not see. */
    public static Problem noSuchRecording() {
        return new Problem(ProblemType.RECORDING_NOT_FOUND, "There is no such recording, or it is not visible to you.");
    }

    /** Whoever may see something but does not host it. */
    public static Problem notHost() {
        return new Problem(ProblemType.NOT_HOST, "Only the host of the session may do this.");
    }

    /** The same, with which field (of the body, the query, the path or the headers) was wrong. */
    public Problem about(String wrong) {
        return new Problem(type, detail, wrong, idempotencyKey, headers);
    }

    /** The same, with the key under which the request can be repeated without being done twice. */
    public Problem repeatableWith(String key) {
        return new Problem(type, detail, field, key, headers);
    }

    /** The same, with a header that belongs to it, such as {@code Allow}. */
    Problem withHeaders(HttpHeaders more) {
        return new Problem(type, detail, field, idempotencyKey, more);
    }

    /** The same, with how long to wait before another try; rounded up to seconds. */
    public Problem retryAfter(Duration wait) {
        var more = new HttpHeaders();
        more.putAll(headers);
        more.set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
        return withHeaders(more);
    }

    public ProblemType type() {
        return type;
    }

    /** Which field was wrong, where one was. */
    public @Nullable String field() {
        return field;
    }

    /** Under which the request can be repeated, where that is of use. */
    public @Nullable String idempotencyKey() {
        return idempotencyKey;
    }

    HttpHeaders headers() {
        return headers;
    }

    /** The body: RFC 9457, and {@code error} beside it for clients that know only that. */
    ProblemDetail body() {
        var body = ProblemDetail.forStatusAndDetail(type.status(), detail);
        body.setType(type.uri());
        body.setTitle(type.title());
        body.setProperty("error", detail);
        if (field != null) {
            body.setProperty("field", field);
        }
        if (idempotencyKey != null) {
            body.setProperty("idempotencyKey", idempotencyKey);
        }
        return body;
    }
}
