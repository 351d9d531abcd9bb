package app.kulti.recording.processor.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Tries a property on lists that chance makes. When one fails, elements are left out as long as it goes on failing, and the
 * message says what is left and the seed; {@code -Dseed=…} begins with that very trial.
 */
public final class Trials {
    private static final long SEED = Long.getLong("seed", ThreadLocalRandom.current().nextLong(1_000_000_000));

    private Trials() {}

    /** What shall hold of a list, whatever {@code random} gives beside it. */
    @FunctionalInterface
    public interface Property<T> {
        /** Fails by throwing, as an assertion does. */
        void check(List<T> given, RandomGenerator random);
    }

    /** Makes and checks {@code tries} lists. */
    public static <T> void of(int tries, Function<RandomGenerator, List<T>> make, Property<T> property) {
        for (var seed = SEED; seed < SEED + tries; seed++) {
            var given = make.apply(new Random(seed));
            if (fails(property, given, seed)) {
                report(property, smallest(property, given, seed), seed);
            }
        }
    }

    private static <T> boolean fails(Property<T> property, List<T> given, long seed) {
        try {
            property.check(given, new Random(~seed));
            return false;
        } catch (AssertionError | RuntimeException _) {
            return true;
        }
    }

    private static <T> List<T> smallest(Property<T> property, List<T> failing, long seed) {
        var smallest = failing;
        for (var index = failing.size() - 1; index >= 0; index--) {
            var without = new ArrayList<>(smallest);
            without.remove(index);
            if (fails(property, without, seed)) {
                smallest = without;
            }
        }
        return smallest;
    }

    private static <T> void report(Property<T> property, List<T> smallest, long seed) {
        try {
            property.check(smallest, new Random(~seed));
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("does not hold for %s (again with -Dseed=%d)".formatted(smallest, seed), e);
        }
        throw new AssertionError("did not hold the first time, but does now: it depends on more than -Dseed=" + seed);
    }
}
