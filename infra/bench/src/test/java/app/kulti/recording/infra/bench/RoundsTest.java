package app.kulti.recording.infra.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private static final MachineTime TIME = new MachineTime(2, 0.25);

    @Test
    void aFigureIsTheMedianOfTheRatiosAndNotTheRatioOfTheMedians() {
        var figure = rounds(round(10, 100), round(80, 100), round(90, 10)).figure("x", Goal.atLeast(0.8));

        assertThat(figure.ratio()).isEqualTo(0.8);
        assertThat(figure.ours()).isEqualTo(80);
        assertThat(figure.peer()).isEqualTo(100);
        assertThat(figure.met()).isTrue();
    }

    @Test
    void aDifferenceIsTheMedianOfTheDifferences() {
        var figure = rounds(round(30, 10), round(25, 10), round(90, 85)).difference("x", Goal.atMost(15));

        assertThat(figure.ratio()).isEqualTo(15);
        assertThat(figure.met()).isTrue();
    }

    @Test
    void ofAnEvenNumberOfRoundsItIsTheMiddleOfTheMiddleTwo() {
        assertThat(rounds(round(1, 8), round(2, 8), round(4, 8), round(100, 8)).figure("x", Goal.atMost(1))
                .ratio()).isEqualTo(0.375);
    }

    @Test
    void itsLineSaysWhatWasAskedAndWhetherItWasMet() {
        assertThat(rounds(round(79, 100)).figure("ingest-256", Goal.atLeast(0.8))).hasToString(
                "RESULT ingest-256 ours=79.0 peer=100.0 ratio=0.790 goal=>=0.80 MISSED cpu=2.0s/2.0s steal=0.5s");
    }

    @Test
    void withoutARoundThereIsNoFigure() {
        assertThatThrownBy(() -> new Rounds(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theOrderChangesFromRoundToRound() throws Exception {
        var order = new ArrayList<String>();

        new Bench(Path.of("unused"), 3, 1, System.out).inTurn(() -> note(order, "ours"), () -> note(order, "peer"));

        assertThat(order).containsExactly("ours", "peer", "peer", "ours", "ours", "peer");
    }

    @Test
    void busyIsWhatIsNeitherIdleNorStolen() {
        assertThat(MachineTime.of("cpu  100 20 30 4000 500 6 7 80 0 0")).isEqualTo(new MachineTime(1.63, 0.8));
    }

    private static double note(List<String> order, String side) {
        order.add(side);
        return 1;
    }

    private static Rounds rounds(Round... rounds) {
        return new Rounds(List.of(rounds));
    }

    private static Round round(double ours, double peer) {
        return new Round(new Measurement(ours, TIME), new Measurement(peer, TIME));
    }
}
