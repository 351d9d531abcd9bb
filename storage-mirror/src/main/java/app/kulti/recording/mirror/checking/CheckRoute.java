package app.kulti.recording.mirror.checking;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * {@code POST /ops/check} on the management port, one at a time: {@code {"ok":true,"checks":[{"name":…,"ok":…,
 * "detail":…}]}}. 200 whatever the findings are; 429 while another check runs, 504 when it takes too long.
 */
public final class CheckRoute {
    private static final String PATH = "/ops/check";
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final StorageTrial trial;
    private final ApplicationContext service;
    private final Semaphore one = new Semaphore(1);

    /**
     * Answers with what {@code trial} finds.
     *
     * @param service the context whose own port must not show this
     */
    public CheckRoute(StorageTrial trial, ApplicationContext service) {
        this.trial = trial;
        this.service = service;
    }

    private record Answer(boolean ok, List<Finding> checks) {
        static Answer of(List<Finding> findings) {
            return new Answer(findings.stream().allMatch(Finding::ok), findings);
        }
    }

    /** For the router; the management server, a child context, takes its parent's routes for its own. */
    public RouterFunction<ServerResponse> route() {
        return RouterFunctions.route()
                .POST(PATH, request -> !service.equals(request.exchange().getApplicationContext()), _ -> check())
                .build();
    }

    private Mono<ServerResponse> check() {
        if (!one.tryAcquire()) {
            return ServerResponse.status(HttpStatus.TOO_MANY_REQUESTS).build();
        }
        return Mono.fromCallable(() -> Answer.of(trial.run())).subscribeOn(Schedulers.boundedElastic()).timeout(LIMIT)
                .doFinally(_ -> one.release())
                .flatMap(answer -> ServerResponse.ok().bodyValue(answer))
                .onErrorResume(TimeoutException.class,
                        _ -> ServerResponse.status(HttpStatus.GATEWAY_TIMEOUT).build());
    }
}
