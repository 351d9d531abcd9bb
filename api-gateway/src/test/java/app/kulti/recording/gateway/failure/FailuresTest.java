package app.kulti.recording.gateway.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.json.JsonMapper;

class FailuresTest {
    private final Failures failures = new Failures(new ProblemWriter(JsonMapper.shared(), _ -> false));

    static Stream<Arguments> thrown() {
        return Stream.of(
                Arguments.of(new AuthenticationServiceException("keys"), ProblemType.UNAVAILABLE),
                Arguments.of(new RejectedExecutionException("full"), ProblemType.UNAVAILABLE),
                Arguments.of(new IllegalStateException("secret"), ProblemType.INTERNAL),
                Arguments.of(new StackOverflowError(), ProblemType.INTERNAL),
                Arguments.of(new ResponseStatusException(HttpStatus.NOT_FOUND), ProblemType.NO_SUCH_ROUTE),
                Arguments.of(new ResponseStatusException(HttpStatus.NOT_ACCEPTABLE), ProblemType.NOT_ACCEPTABLE),
                Arguments.of(new ResponseStatusException(HttpStatus.GONE), ProblemType.INVALID_REQUEST));
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void whateverIsThrownIsAProblem(Throwable thrown, ProblemType type) {
        assertThat(Failures.problemOf(thrown).type()).isEqualTo(type);
    }

    @Test
    void whatWentWrongInsideStaysInside() {
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/api/recordings/list"));
        failures.handle(exchange, new IllegalStateException("password=secret", new RuntimeException("SELECT"))).block();
        assertThat(exchange.getResponse().getStatusCode()).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
        assertThat(exchange.getResponse().getBodyAsString().block()).contains("\"error\":")
                .doesNotContain("secret", "SELECT", "Exception");
    }

    @Test
    void whoeverMayComeBackIsToldWhen() {
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/api/recordings/list"));
        failures.handle(exchange, new RejectedExecutionException()).block();
        assertThat(exchange.getResponse().getHeaders().getFirst("Retry-After")).isEqualTo("5");
    }

    /** Clients tell problems apart by these. */
    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void everyTypeHasANameOfItsOwn(ProblemType type) {
        assertThat(type.uri().toString()).matches("https://kulti\\.app/problems/[a-z-]+");
        assertThat(Stream.of(ProblemType.values()).filter(other -> other.uri().equals(type.uri()))).hasSize(1);
        assertThat(type.status().isError()).isTrue();
    }
}
