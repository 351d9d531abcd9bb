package app.kulti.recording.processor.hms;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses that double with each attempt and are cut by up to a half, so that callers that failed together do not come back
 * together. (resilience4j's own takes its randomness from nowhere that a test could seed.)
 *
 * @param first   the longest that the first pause can be
 * @param longest the longest that any can be
 * @param random  safe to share among threads
 */
record Backoff(Duration first, Duration longest, RandomGenerator random) {
    /** How long to wait after {@code attempt}, which counts from 1. */
    Duration after(int attempt) {
        var doubled = first.multipliedBy(1L << Math.min(attempt - 1, 20));
        var half = (doubled.compareTo(longest) < 0 ? doubled : longest).dividedBy(2);
        return half.plus(randomUpTo(half));
    }

    /** A little longer than asked for. */
    Duration after(Duration asked) {
        return asked.plus(randomUpTo(first));
    }

    private Duration randomUpTo(Duration bound) {
        return Duration.ofNanos(random.nextLong(bound.toNanos() + 1));
    }
}
