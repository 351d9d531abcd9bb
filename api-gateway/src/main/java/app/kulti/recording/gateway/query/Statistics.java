package app.kulti.recording.gateway.query;

import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.gateway.query.HostedRecordings.Sum;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What a host's recordings come to. */
final class Statistics {
    private static final BigDecimal SECONDS_PER_MINUTE = BigDecimal.valueOf(60);
    private static final BigDecimal BYTES_PER_GIGABYTE = BigDecimal.valueOf(1_000_000_000);
    private static final int RATE_DIGITS = 4;
    private static final int MINUTE_DIGITS = 1;
    private static final int MONEY_DIGITS = 2;

    private Statistics() {}

    static Stats of(List<Sum> sums, PriceSettings prices) {
        var counts = new EnumMap<RecordingStatus, Long>(RecordingStatus.class);
        for (var status : RecordingStatus.values()) {
            counts.put(status, total(sums.stream().filter(sum -> sum.status() == status).toList(), Sum::count));
        }
        return new Stats(total(sums, Sum::count), counts,
                divided(total(sums, Sum::seconds), SECONDS_PER_MINUTE, MINUTE_DIGITS), total(sums, Sum::bytes),
                successRate(counts), cost(sums, prices));
    }

    private static @Nullable BigDecimal successRate(Map<RecordingStatus, Long> counts) {
        var completed = counts.getOrDefault(RecordingStatus.COMPLETED, 0L);
        var ended = completed + counts.getOrDefault(RecordingStatus.FAILED, 0L);
        return ended == 0 ? null : divided(completed, BigDecimal.valueOf(ended), RATE_DIGITS);
    }

    private static Cost cost(List<Sum> sums, PriceSettings prices) {
        return new Cost(prices.currency(),
                money(total(sums, Sum::participantSeconds), SECONDS_PER_MINUTE, prices.participantMinute()),
                money(total(sums, Sum::bytes), BYTES_PER_GIGABYTE, prices.gigabyteMonth()),
                money(total(sums, Sum::copiedBytes), BYTES_PER_GIGABYTE, prices.gigabyteMoved()));
    }

    private static long total(List<Sum> sums, ToLongFunction<Sum> value) {
        return sums.stream().mapToLong(value).sum();
    }

    private static BigDecimal money(long amount, BigDecimal unit, BigDecimal price) {
        return divided(BigDecimal.valueOf(amount).multiply(price), unit, MONEY_DIGITS);
    }

    private static BigDecimal divided(long amount, BigDecimal unit, int digits) {
        return divided(BigDecimal.valueOf(amount), unit, digits);
    }

    private static BigDecimal divided(BigDecimal amount, BigDecimal unit, int digits) {
        return amount.divide(unit, digits, RoundingMode.HALF_UP);
    }

    /**
     * Of the sessions that the caller hosts.
     *
     * @param total       how many recordings there are
     * @param byStatus    how many of each status
     * @param minutes     recorded so far, as far as lengths are known
     * @param bytes       of all films, as far as sizes are known
     * @param successRate completed ones among those that ended, from 0 to 1; null when none has ended
     */
    record Stats(long total, Map<RecordingStatus, Long> byStatus, BigDecimal minutes, long bytes,
            @Nullable BigDecimal successRate, Cost estimatedCost) {}

    /**
     * What that costs, by the configured prices: an estimate, since everybody in a session counts for all of it, and watching is
     * not counted.
     *
     * @param currency        ISO 4217
     * @param recording       once
     * @param storagePerMonth each month
     * @param transfer        once, for copying the films to our storage
     */
    record Cost(String currency, BigDecimal recording, BigDecimal storagePerMonth, BigDecimal transfer) {}
}
