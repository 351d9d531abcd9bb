package app.kulti.recording.processor.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrialsTest {
    @Test
    void whatFailsIsMadeSmallAndSaidWithItsSeed() {
        assertThatThrownBy(() -> Trials.of(100,
                random -> Stream.concat(random.ints(9, 0, 50).boxed(), Stream.of(7)).toList(),
                (given, _) -> assertThat(given).doesNotContain(7))).isInstanceOf(AssertionError.class)
                .hasMessageMatching("does not hold for \\[7] \\(again with -Dseed=\\d+\\)");
    }

    @Test
    void whatHoldsIsTriedAsOftenAsAsked() {
        var tried = new int[1];

        Trials.of(25, _ -> List.of(1), (_, _) -> tried[0]++);

        assertThat(tried[0]).isEqualTo(25);
    }
}
