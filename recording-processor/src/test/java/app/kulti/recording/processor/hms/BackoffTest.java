package app.kulti.recording.processor.hms;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final long SEED = System.nanoTime();

    private final Backoff backoff = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(4), new Random(SEED));

    @Test
    void doublesUntilTheLongestAndIsCutByUpToAHalf() {
        var longest = List.of(250, 500, 1000, 2000, 4000, 4000, 4000);

        for (var attempt = 1; attempt <= longest.size(); attempt++) {
            var bound = Duration.ofMillis(longest.get(attempt - 1));
            for (var i = 0; i < 1000; i++) {
                assertThat(backoff.after(attempt)).as("attempt %d, seed %d", attempt, SEED)
                        .isBetween(bound.dividedBy(2), bound);
            }
        }
        assertThat(backoff.after(Integer.MAX_VALUE)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    void isSpread() {
        assertThat(IntStream.range(0, 100).mapToObj(_ -> backoff.after(1).toMillis()).distinct())
                .as("seed %d", SEED).hasSizeGreaterThan(20);
    }

    @Test
    void isNeverShorterThanAskedFor() {
        for (var i = 0; i < 1000; i++) {
            assertThat(backoff.after(Duration.ofSeconds(3))).as("seed %d", SEED)
                    .isBetween(Duration.ofSeconds(3), Duration.ofMillis(3250));
        }
    }

    @Test
    void isTheSameForTheSameSeed() {
        var other = new Backoff(backoff.first(), backoff.longest(), new Random(SEED));

        assertThat(IntStream.range(1, 50).mapToObj(other::after))
                .containsExactlyElementsOf(IntStream.range(1, 50).mapToObj(backoff::after).toList());
    }
}
