package app.kulti.recording.processor.recording;

import org.jspecify.annotations.Nullable;

/** A value of which only the latest counts, and what makes it the latest. */
public record Said<T>(Stamp stamp, T value) {

    /** The later of the two. */
    static <T> Said<T> later(@Nullable Said<T> known, Stamp stamp, T value) {
        return known != null && known.stamp.compareTo(stamp) >= 0 ? known : new Said<>(stamp, value);
    }

    static <T> @Nullable T valueOf(@Nullable Said<T> said) {
        return said == null ? null : said.value;
    }
}
