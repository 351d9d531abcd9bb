package app.kulti.recording.gateway.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.gateway.failure.Problem;
import app.kulti.recording.gateway.failure.ProblemType;
import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcPermissionDeniedException;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DatabaseFaultsTest {
    static Stream<R2dbcException> away() {
        return Stream.of(new R2dbcNonTransientResourceException("cannot connect"),
                new R2dbcTimeoutException("no connection in 3 s"),
                new R2dbcPermissionDeniedException("password", "28P01"),
                new R2dbcBadGrammarException("shutting down", "57P01"));
    }

    @ParameterizedTest
    @MethodSource("away")
    void aDatabaseThatIsAwayMayComeBack(R2dbcException fault) {
        assertThat(DatabaseFaults.told(fault)).isInstanceOfSatisfying(Problem.class,
                problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE));
    }

    static Stream<Throwable> wrong() {
        return Stream.of(new R2dbcPermissionDeniedException("table recordings", "42501"),
                new R2dbcBadGrammarException("SELECT secret FROM", "42601"),
                new R2dbcTransientResourceException("cannot DELETE in a read-only transaction", "25006"),
                new IllegalStateException());
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsWrongStaysWrong(Throwable fault) {
        assertThat(DatabaseFaults.told(fault)).isSameAs(fault);
    }
}
