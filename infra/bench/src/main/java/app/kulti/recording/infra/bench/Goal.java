package app.kulti.recording.infra.bench;

import java.util.Locale;

/** What a figure must reach. */
sealed interface Goal {
    boolean met(double ratio);

    static Goal atLeast(double bound) {
        return new AtLeast(bound);
    }

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
