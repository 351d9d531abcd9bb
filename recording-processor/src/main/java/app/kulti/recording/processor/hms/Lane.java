package app.kulti.recording.processor.hms;

import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.processor.advance.Hms.Reply;
import app.kulti.recording.processor.hms.Attempt.Lost;
import app.kulti.recording.processor.hms.Attempt.Settled;
import app.kulti.recording.processor.hms.Attempt.Unauthorized;
import app.kulti.recording.processor.hms.Patience.Crowd;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.github.resilience4j.reactor.bulkhead.operator.BulkheadOperator;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.github.resilience4j.reactor.retry.RetryOperator;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Calls that share their fate: a bulkhead bounds how many are under way, connections and pauses included, a circuit breaker
 * spares a 100ms that fails, and each call is tried again while that is safe and its limit allows.
 */
final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final int BREAKER_WINDOW = 20;
    private static final int NO_MORE = -1;

    private final String name;
    private final Exchange exchange;
    private final ManagementTokens tokens;
    private final Patience patience;
    private final Backoff backoff;
    private final Bulkhead bulkhead;
    private final CircuitBreaker breaker;
    private final Counter repeated;

    /**
     * A lane of its own.
     *
     * @param crowd  how many calls at once; the next is turned away
     * @param random spreads the pauses; safe to share among threads
     * @param meters has resilience4j's own meters of the bulkhead and the breaker, tagged with the lane's name
     */
    Lane(String name, Crowd crowd, Exchange exchange, ManagementTokens tokens, Patience patience,
            RandomGenerator random, MeterRegistry meters) {
        this.name = name;
        this.exchange = exchange;
        this.tokens = tokens;
        this.patience = patience;
        this.backoff = new Backoff(patience.firstPause(), patience.longestPause(), random);
        // Waiting in a bulkhead would block an event loop; what waits here waits for a connection.
        var bulkheads = BulkheadRegistry.of(BulkheadConfig.custom().maxConcurrentCalls(crowd.all())
                .maxWaitDuration(Duration.ZERO).writableStackTraceEnabled(false).build());
        this.bulkhead = bulkheads.bulkhead(name);
        TaggedBulkheadMetrics.ofBulkheadRegistry(bulkheads).bindTo(meters);
        var breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindowSize(BREAKER_WINDOW)
                .minimumNumberOfCalls(BREAKER_WINDOW / 2)
                .failureRateThreshold(50)
                .waitDurationInOpenState(patience.breakerPause())
                .permittedNumberOfCallsInHalfOpenState(3)
                .recordResult(result -> result instanceof Lost<?> lost && lost.fault())
                .writableStackTraceEnabled(false)
                .build());
        this.breaker = breakers.circuitBreaker(name);
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
        this.repeated = Counter.builder("kulti.hms.repeated").tag("lane", name)
                .description("Attempts that were not a call's first").register(meters);
        breaker.getEventPublisher().onStateTransition(change -> LOG.warn("100ms {}: circuit breaker {}", name,
                change.getStateTransition()));
    }

    /** Gives up the connections. */
    void close() {
        exchange.close();
    }

    /** Answers within {@code limit}, whatever happens. */
    <J, T> Mono<Reply<T>> make(Call<J, T> call, Duration limit) {
        return Mono.defer(() -> {
            var deadline = Deadline.in(limit);
            return attempt(call, deadline)
                    .transformDeferred(CircuitBreakerOperator.of(breaker))
                    .onErrorResume(CallNotPermittedException.class,
                            _ -> turnedAway("100ms has failed too often just now"))
                    .transformDeferred(RetryOperator.of(again(call.repeatable(), deadline)))
                    .transformDeferred(BulkheadOperator.of(bulkhead))
                    .onErrorResume(BulkheadFullException.class,
                            _ -> turnedAway("too many calls to 100ms are under way"))
                    .map(Attempt::reply);
        });
    }

    private static <T> Mono<Attempt<T>> turnedAway(String cause) {
        return Mono.just(Settled.withheld(new HmsAnswer.Unavailable(cause)));
    }

    /** Within the breaker, so that a 100ms that lets all deadlines pass counts as failing. */
    private <J, T> Mono<Attempt<T>> attempt(Call<J, T> call, Deadline deadline) {
        return Mono.defer(() -> {
            var left = deadline.left();
            return left.compareTo(patience.shortestAttempt()) < 0
                    ? Mono.just(new Lost<>("too little time was left to ask 100ms", true, false, null))
                    : authorized(call).timeout(left,
                            Mono.just(new Lost<>("100ms did not answer in time", false, true, null)));
        });
    }

    /** With the token at hand; once more with a fresh one if 100ms does not take it. It has done nothing by then. */
    private <J, T> Mono<Attempt<T>> authorized(Call<J, T> call) {
        var token = tokens.current();
        return exchange.<J, T>make(call, token).flatMap(first -> first instanceof Unauthorized<T>
                ? exchange.make(call, tokens.after(token))
                : Mono.just(first));
    }

    /**
     * Whether and when to try again. What was certainly not done (429, no connection) may always be tried again; what may
     * have been done only if doing it twice is doing it once. So a start whose answer is lost (5xx, time out, broken
     * connection, unreadable) is not repeated here: 100ms knows no idempotency key, and while a start that took is still on
     * its way a second one may not meet a 409 yet. Its caller looks at the room first.
     */
    private Retry again(boolean repeatable, Deadline deadline) {
        return Retry.of(name, RetryConfig.<Attempt<?>>custom()
                .maxAttempts(patience.attempts())
                .retryOnException(_ -> false)
                .retryOnResult(tried -> tried instanceof Lost<?> lost && (lost.undone() || repeatable))
                .intervalBiFunction((attempt, tried) -> pause(attempt, tried.get(), deadline))
                .build());
    }

    /** Milliseconds; {@link #NO_MORE} (then the last answer stands) where the next attempt would come too late to be answered. */
    private long pause(int attempt, Attempt<?> tried, Deadline deadline) {
        var asked = tried instanceof Lost<?> lost ? lost.retryAfter() : null;
        var pause = asked == null ? backoff.after(attempt) : backoff.after(asked);
        if (deadline.left().minus(pause).compareTo(patience.shortestAttempt()) < 0) {
            return NO_MORE;
        }
        repeated.increment();
        return pause.toMillis();
    }
}
