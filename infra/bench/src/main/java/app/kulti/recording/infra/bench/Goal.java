package app.kulti.recording.infra.bench;

import java.util.Locale;

/** What a figure must reach. */
public sealed interface Goal {
    /** Whether {@code ratio} is good enough. */
    boolean met(double ratio);

    /** {@code bound} or more. */
    static Goal atLeast(double bound) {
        return new AtLeast(bound);
    }

    /** {@code bound} or less. */
    static Goal atMost(double bound) {
        return new AtMost(bound);
    }

    record AtLeast(double bound) implements Goal {
        @Override
        public boolean met(double ratio) {
            return ratio >= bound;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, ">=%.2f", bound);
        }
    }

    record AtMost(double bound) implements Goal {
        @Override
        public boolean met(double ratio) {
            return ratio <= bound;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "<=%.2f", bound);
        }
    }
}
