package app.kulti.recording.infra.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** All rounds of one comparison; each figure is a median, so that one disturbed round decides nothing. */
public record Rounds(List<Round> all) {
    /** At least one. */
    public Rounds {
        if (all.isEmpty()) {
            throw new IllegalArgumentException("a comparison needs at least one round");
        }
        all = List.copyOf(all);
    }

    /** The median of the rounds' ratios, with both sides' median values and machine times beside it. */
    public Figure figure(String name, Goal goal) {
        return figure(name, Round::ratio, goal);
    }

    /** The same with the median of what ours has more than the peer, in the benchmark's unit, for the ratio. */
    public Figure difference(String name, Goal goal) {
        return figure(name, Round::difference, goal);
    }

    private Figure figure(String name, ToDoubleFunction<Round> compared, Goal goal) {
        return new Figure(name, median(round -> round.ours().value()), median(round -> round.peer().value()),
                median(compared), goal,
                "cpu=%.1fs/%.1fs steal=%.1fs".formatted(median(round -> round.ours().machine().busySeconds()),
                        median(round -> round.peer().machine().busySeconds()),
                        all.stream().mapToDouble(round -> round.ours().machine().stolenSeconds()
                                + round.peer().machine().stolenSeconds()).sum()));
    }

    double median(ToDoubleFunction<Round> value) {
        return Median.of(all.stream().mapToDouble(value));
    }
}
