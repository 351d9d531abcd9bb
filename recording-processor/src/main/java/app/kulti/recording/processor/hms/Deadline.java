package app.kulti.recording.processor.hms;

import java.time.Duration;

/** A point in time that a wall clock which is set back cannot put off. */
record Deadline(long nanoTime) {
    static Deadline in(Duration limit) {
        return new Deadline(System.nanoTime() + limit.toNanos());
    }

    /** How long until then; zero once it is past. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }
}
