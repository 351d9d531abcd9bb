package app.kulti.recording.infra.local.hms.api;

import app.kulti.recording.infra.local.hms.fault.ApiFault;
import app.kulti.recording.infra.local.hms.fault.Faults;
import app.kulti.recording.infra.local.hms.fault.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** What every call of the API has in common: it is counted, its token checked, then faults strike, then it is done. */
public final class Calls {
    private final ManagementTokens tokens;
    private final Faults faults;
    private final RequestCounts counts;

    public Calls(ManagementTokens tokens, Faults faults, RequestCounts counts) {
        this.tokens = tokens;
        this.faults = faults;
        this.counts = counts;
    }

    HandlerFunction<ServerResponse> on(Operation operation, HandlerFunction<ServerResponse> deed) {
        return request -> {
            String roomId = Optional.ofNullable(request.pathVariables().get("room_id"))
                    .or(() -> request.queryParam("room_id"))
                    .orElse(null);
            counts.count(operation, roomId);
            return Mono.defer(() -> {
                tokens.check(request.headers().firstHeader(HttpHeaders.AUTHORIZATION));
                return struck(faults.onCall(operation, roomId), request, deed);
            }).onErrorResume(Refusal.class,
                    refusal -> ServerResponse.status(refusal.body().code()).bodyValue(refusal.body()));
        };
    }

    private Mono<ServerResponse> struck(List<ApiFault> striking, ServerRequest request,
            HandlerFunction<ServerResponse> deed) {
        Duration pause = Duration.ZERO;
        for (ApiFault fault : striking) {
            switch (fault) {
                case ApiFault.Status status -> {
                    return status(status).delaySubscription(pause);
                }
                case ApiFault.TimeoutAfterActing timeout -> {
                    return deed.handle(request).onErrorComplete(Refusal.class)
                            .then(Mono.delay(Duration.ofMillis(timeout.holdMillis())))
                            .then(ServerResponse.status(504).header(HttpHeaders.CONNECTION, "close").build());
                }
                case ApiFault.Slow slow -> pause = pause.plusMillis(slow.millis());
            }
        }
        return deed.handle(request).delayElement(pause);
    }

    private static Mono<ServerResponse> status(ApiFault.Status fault) {
        ServerResponse.BodyBuilder response = ServerResponse.status(fault.status());
        Integer retryAfter = fault.retryAfter();
        if (retryAfter != null) {
            response.header(HttpHeaders.RETRY_AFTER, retryAfter.toString());
        }
        String message = fault.status() == 429 ? "rate limit exceeded" : "internal error";
        return response.bodyValue(new Refusal(fault.status(), message).body());
    }
}
