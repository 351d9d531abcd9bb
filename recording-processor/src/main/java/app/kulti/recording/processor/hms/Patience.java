package app.kulti.recording.processor.hms;

import java.time.Duration;

/**
 * How long to wait for 100ms, how often to try, and how many at once.
 *
 * @param commands        the calls that start and stop
 * @param looks           the calls that only ask
 * @param connect         for a connection to be made
 * @param acquire         for one of the lane's connections to become free
 * @param response        for 100ms to begin its answer; it was seen to take 3 s over a stop
 * @param attempts        in all
 * @param firstPause      before the second attempt, at most; each later pause is twice as long
 * @param longestPause    between two attempts, unless 100ms itself asks for more
 * @param shortestAttempt an attempt with less time than this is not begun: its answer would only be lost
 * @param breakerPause    how long a lane stays closed once half of its last calls failed
 */
record Patience(Crowd commands, Crowd looks, Duration connect, Duration acquire, Duration response, int attempts,
        Duration firstPause, Duration longestPause, Duration shortestAttempt, Duration breakerPause) {
    static Patience usual() {
        return new Patience(new Crowd(64, 256), new Crowd(16, 256), Duration.ofSeconds(3), Duration.ofSeconds(5),
                Duration.ofSeconds(12), 4, Duration.ofMillis(250), Duration.ofSeconds(4), Duration.ofSeconds(1),
                Duration.ofSeconds(5));
    }

    /**
     * How many calls at once.
     *
     * @param connections how many of them 100ms sees
     * @param waiting     how many more may wait for a connection or for their next attempt
     */
    record Crowd(int connections, int waiting) {
        int all() {
            return connections + waiting;
        }
    }
}
