package app.kulti.recording.infra.observability.checking;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * {@code POST /ops/check}, one at a time: {@code {"ok":true,"checks":[{"name":…,"ok":…,"detail":…}]}} with what all
 * checks of a service find. 200 whatever that is; 429 while another one runs, 504 when it takes too long. Known to the
 * management port's own context only, so that the other port does not have it.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnBean(Check.class)
public class CheckRoute {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final Semaphore one = new Semaphore(1);
    private final Duration limit;

    /** As every service has it. */
    public CheckRoute() {
        this(LIMIT);
    }

    CheckRoute(Duration limit) {
        this.limit = limit;
    }

    private record Answer(boolean ok, List<Finding> checks) {
        static Answer of(List<Finding> findings) {
            return new Answer(findings.stream().allMatch(Finding::ok), findings);
        }
    }

    @Bean
    RouterFunction<ServerResponse> answerForOwn(List<Check> checks) {
        return RouterFunctions.route().POST("/ops/check", _ -> answer(checks)).build();
    }

    private Mono<ServerResponse> answer(List<Check> checks) {
        if (!one.tryAcquire()) {
            return ServerResponse.status(HttpStatus.TOO_MANY_REQUESTS).build();
        }
        return Check.all(checks).run().timeout(limit).doFinally(_ -> one.release())
                .flatMap(found -> ServerResponse.ok().bodyValue(Answer.of(found)))
                .onErrorResume(TimeoutException.class,
                        _ -> ServerResponse.status(HttpStatus.GATEWAY_TIMEOUT).build());
    }
}
