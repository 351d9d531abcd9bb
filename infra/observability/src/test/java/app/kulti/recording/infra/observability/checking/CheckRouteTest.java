package app.kulti.recording.infra.observability.checking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Whoever asks while somebody else does, or asks what nobody finds out, is told so at once and may ask again. */
class CheckRouteTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Test
    void aSecondIsTurnedAwayWhileOneAsks() {
        var word = Sinks.<String>one();
        var route = route(LIMIT, word.asMono());
        var first = ask(route).toFuture();

        assertThat(status(ask(route))).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);

        word.tryEmitEmpty().orThrow();
        assertThat(first).succeedsWithin(LIMIT).satisfies(
                answer -> assertThat(answer.statusCode()).isEqualTo(HttpStatus.OK));
        assertThat(status(ask(route))).as("once the first is answered").isEqualTo(HttpStatus.OK);
    }

    @Test
    void whatTakesTooLongIsGivenUpAndMayBeAskedAgain() {
        var route = route(Duration.ofMillis(20), Mono.never());

        assertThat(status(ask(route))).isEqualTo(HttpStatus.GATEWAY_TIMEOUT);
        assertThat(status(ask(route))).isEqualTo(HttpStatus.GATEWAY_TIMEOUT);
    }

    private static RouterFunction<ServerResponse> route(Duration limit, Mono<String> wrong) {
        return new CheckRoute(limit).answerForOwn(List.of(Check.of("the key works", wrong)));
    }

    private static Mono<ServerResponse> ask(RouterFunction<ServerResponse> route) {
        var request = ServerRequest.create(MockServerWebExchange.from(MockServerHttpRequest.post("/ops/check")),
                HandlerStrategies.withDefaults().messageReaders());
        return route.route(request).flatMap(handler -> handler.handle(request));
    }

    private static Object status(Mono<ServerResponse> answer) {
        return Objects.requireNonNull(answer.block(LIMIT)).statusCode();
    }
}
