package app.kulti.recording.infra.bench.ingest;

import java.util.List;

/**
 * What a load generator did.
 *
 * @param answered  requests with an answer, whatever it was
 * @param refused   those whose answer was 400 or above
 * @param broken    connections that failed, and answers that took too long
 * @param p99Micros how long 99 of 100 answers took at most
 * @param sent      how many each of its threads sent
 */
record Load(long answered, long refused, long broken, long p99Micros, List<Long> sent) {
    /** Whether every request was acknowledged: then it is known which ones were. */
    boolean isAcknowledged() {
        return refused == 0 && broken == 0 && answered == sent.stream().mapToLong(Long::longValue).sum();
    }
}
