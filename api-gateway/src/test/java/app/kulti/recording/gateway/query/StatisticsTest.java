package app.kulti.recording.gateway.query;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.gateway.query.HostedRecordings.Sum;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    private static final PriceSettings SPEC = new PriceSettings("USD", new BigDecimal("0.004"), new BigDecimal("0.025"),
            new BigDecimal("0.08"));
    private static final long HOUR = 3600;
    private static final long GIGABYTE = 1_000_000_000;

    @Test
    void theProductSpecsExamplesComeOutAsItSays() {
        var hourOfTwo = stats(new Sum(RecordingStatus.COMPLETED, 1, HOUR, 2 * HOUR, 0, 0));
        assertThat(hourOfTwo.estimatedCost().recording()).isEqualByComparingTo("0.48");

        var hundredOfHalfAGigabyte = stats(
                new Sum(RecordingStatus.COMPLETED, 100, 0, 0, 50 * GIGABYTE, 50 * GIGABYTE));
        assertThat(hundredOfHalfAGigabyte.estimatedCost().storagePerMonth()).isEqualByComparingTo("1.25");
        assertThat(hundredOfHalfAGigabyte.estimatedCost().transfer()).isEqualByComparingTo("4.00");
    }

    @Test
    void successIsWhatEndedWell() {
        var stats = stats(sum(RecordingStatus.COMPLETED, 2), sum(RecordingStatus.FAILED, 1),
                sum(RecordingStatus.PROCESSING, 9), sum(RecordingStatus.RECORDING, 1));
        assertThat(stats.successRate()).isEqualByComparingTo("0.6667");
        assertThat(stats.total()).isEqualTo(13);
        assertThat(stats.byStatus()).isEqualTo(Map.of(RecordingStatus.RECORDING, 1L, RecordingStatus.PROCESSING, 9L,
                RecordingStatus.FAILED, 1L, RecordingStatus.COMPLETED, 2L));
    }

    @Test
    void whoHasNoneGetsNoughts() {
        var stats = stats();
        assertThat(stats.successRate()).isNull();
        assertThat(stats.byStatus()).hasSize(4).containsEntry(RecordingStatus.COMPLETED, 0L);
        assertThat(stats.minutes()).isEqualByComparingTo("0");
    }

    private static Sum sum(RecordingStatus status, long count) {
        return new Sum(status, count, 0, 0, 0, 0);
    }

    private static Statistics.Stats stats(Sum... sums) {
        return Statistics.of(List.of(sums), SPEC);
    }
}
