package app.kulti.recording.gateway.limit;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.gateway.failure.Problem;
import app.kulti.recording.gateway.failure.ProblemType;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UserLimitTest {
    private final UserId user = new UserId(UUID.randomUUID());

    @Test
    void eachUserHasSoManyInEachPeriod() {
        var limit = new UserLimit(3, Duration.ofHours(1));
        for (int i = 0; i < 3; i++) {
            limit.admit(user);
        }
        assertThatExceptionOfType(Problem.class).isThrownBy(() -> limit.admit(user))
                .matches(problem -> problem.type() == ProblemType.TOO_MANY_REQUESTS);
        assertThatNoException().isThrownBy(() -> limit.admit(new UserId(UUID.randomUUID())));
    }

    @Test
    void thenThereAreNewOnes() {
        var limit = new UserLimit(1, Duration.ofMillis(50));
        limit.admit(user);
        await().atMost(Duration.ofSeconds(5)).ignoreException(Problem.class).until(() -> {
            limit.admit(user);
            return true;
        });
    }
}
