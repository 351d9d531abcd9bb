package app.kulti.recording.gateway.failure;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.gateway.limit.UserLimit;
import app.kulti.recording.gateway.openapi.TrueExample;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import tools.jackson.databind.json.JsonMapper;

/** The examples of those problems that a healthy gateway does not have. */
class ProblemExamplesTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class).build();

    @Test
    void ofWhatNobodyForesaw() {
        isShown(Failures.problemOf(new IllegalStateException("secret")));
    }

    @Test
    void ofTooMuchAtOnce() {
        isShown(Failures.problemOf(new RejectedExecutionException()));
    }

    @Test
    void ofOneUserAskingTooOften() {
        var user = new UserId(UUID.randomUUID());
        var limit = new UserLimit(1, Duration.ofSeconds(10));
        limit.admit(user);
        isShown(catchThrowableOfType(Problem.class, () -> limit.admit(user)));
    }

    private static void isShown(Problem problem) {
        TrueExample.check("problems/" + problem.type().slug(), JSON.writeValueAsString(problem.body()));
    }
}
