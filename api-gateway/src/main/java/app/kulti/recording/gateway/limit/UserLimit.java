package app.kulti.recording.gateway.limit;

import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.gateway.failure.Problem;
import app.kulti.recording.gateway.failure.ProblemType;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;

/** So many in each period for each user, at this copy of the gateway. */
public final class UserLimit {
    /** Whoever would be forgotten for lack of room has not asked for longest. */
    private static final int MOST_USERS = 50_000;

    private final Duration period;
    private final LoadingCache<UserId, RateLimiter> limiters;

    /** {@code most} within each {@code period}. */
    public UserLimit(int most, Duration period) {
        this.period = period;
        var config = RateLimiterConfig.custom().limitForPeriod(most).limitRefreshPeriod(period)
                .timeoutDuration(Duration.ZERO).build();
        // What was forgotten after a whole period without a request begins anew with all that it had.
        this.limiters = Caffeine.newBuilder().maximumSize(MOST_USERS).expireAfterAccess(period.multipliedBy(2))
                .executor(Runnable::run).build(user -> RateLimiter.of(user.toString(), config));
    }

    /**
     * Counts one more.
     *
     * @throws Problem 429, when it is one too many
     */
    public void admit(UserId user) {
        // Reserving, unlike acquiring, never parks a thread.
        if (limiters.get(user).reservePermission() < 0) {
            throw new Problem(ProblemType.TOO_MANY_REQUESTS,
                    "You ask for this too often. Try again in %d seconds.".formatted(Math.max(1, period.toSeconds())))
                    .retryAfter(period);
        }
    }
}
