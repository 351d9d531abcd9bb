package app.kulti.recording.gateway.access;

import app.kulti.recording.gateway.failure.Problem;
import app.kulti.recording.gateway.failure.ProblemType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;

/** The framework's own, which would leave a refusal without a body. */
final class OriginRules extends DefaultCorsProcessor {
    @Override
    protected void rejectRequest(ServerHttpResponse response) {
        throw new Problem(ProblemType.ORIGIN_NOT_ALLOWED, "Pages of this origin may not call, or not in this way.");
    }
}
