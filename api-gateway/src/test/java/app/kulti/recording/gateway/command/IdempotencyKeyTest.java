package app.kulti.recording.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.gateway.access.Caller;
import app.kulti.recording.gateway.failure.Problem;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {
    private final Caller caller = new Caller(new UserId(UUID.randomUUID()), "{}");

    @Test
    void theSameCallerRouteAndKeyMeanTheSameCommand() {
        var key = IdempotencyKey.of("click-1", () -> "random");
        assertThat(key.command(caller, "POST /a")).isEqualTo(IdempotencyKey.of("click-1", () -> "other")
                .command(caller, "POST /a"));
        assertThat(key.command(caller, "POST /a")).isNotEqualTo(key.command(caller, "POST /b"))
                .isNotEqualTo(key.command(new Caller(new UserId(UUID.randomUUID()), "{}"), "POST /a"));
    }

    @Test
    void withoutOneEachRequestIsItsOwn() {
        assertThat(IdempotencyKey.of(null, () -> "random").value()).isEqualTo("random");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two words", "tab\t", "ünïcode", "line\nbreak", "two,headers"})
    void whatIsNoKeyIsRefusedByItsHeader(String header) {
        assertThatExceptionOfType(Problem.class).isThrownBy(() -> IdempotencyKey.of(header, () -> "random"))
                .satisfies(problem -> assertThat(problem.field()).isEqualTo("Idempotency-Key"));
    }

    @Test
    void aKeyIsNoPlaceToStoreThings() {
        assertThat(IdempotencyKey.of("k".repeat(200), () -> "random").value()).hasSize(200);
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> IdempotencyKey.of("k".repeat(201), () -> "random"));
    }
}
