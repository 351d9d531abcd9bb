package app.kulti.recording.processor.recording;

import app.kulti.recording.events.ids.EventId;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Where something stands among others of its kind, in whatever order they arrive.
 *
 * @param at when it happened, by the clock of whoever says so; what has no time stands before everything that has one
 * @param id decides between two of one time
 */
public record Stamp(@Nullable Instant at, EventId id) implements Comparable<Stamp> {
    private static final Comparator<Stamp> ORDER = Comparator
            .comparing(Stamp::at, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
            .thenComparing(stamp -> stamp.id().value());

    @Override
    public int compareTo(Stamp other) {
        return ORDER.compare(this, other);
    }
}
