package app.kulti.recording.infra.ops;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import picocli.CommandLine.TypeConversionException;

/** Moments as operators write them: {@code 2026-11-22T12:00:00Z}, {@code 2026-11-22} (UTC), or {@code 90m} and {@code 2d} ago. */
public final class Moments {
    private Moments() {}

    /**
     * The moment that {@code text} names.
     *
     * @throws TypeConversionException which picocli tells with the option's name
     */
    static Instant parse(String text, Instant now) {
        try {
            if (text.matches("\\d{1,6}[smhd]")) {
                return now.minus(ago(text));
            }
            return text.matches("\\d{4}-\\d{2}-\\d{2}")
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            throw new TypeConversionException(
                    "'%s' is no moment; write 2026-11-22T12:00:00Z, 2026-11-22, or 90m, 6h, 2d for so long ago"
                            .formatted(text));
        }
    }

    private static Duration ago(String text) {
        var number = text.substring(0, text.length() - 1);
        return text.endsWith("d")
                ? Duration.ofDays(Long.parseLong(number))
                : Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }

    /**
     * Insists on a window that can hold something.
     *
     * @param kept how far back there is anything
     * @param where what keeps it, for the message
     * @throws Told for one that is inverted, empty, in the future or too old
     */
    public static void requireWindow(Instant from, Instant to, Instant now, Duration kept, String where) {
        if (from.isAfter(now)) {
            throw Told.usage("--from %s lies in the future; it is %s now.".formatted(from, now));
        }
        if (from.equals(to)) {
            throw Told.usage("The window is empty: --from and --to are both %s.".formatted(from));
        }
        if (from.isAfter(to)) {
            throw Told.usage("The window is inverted: --from %s lies after --to %s. Swap them.".formatted(from, to));
        }
        if (to.isAfter(now)) {
            throw Told.usage("--to %s lies in the future; leave it out for now (%s).".formatted(to, now));
        }
        var oldest = now.minus(kept);
        // A minute of grace: "30d" is what the contract says, and was typed a moment ago.
        if (from.isBefore(oldest.minusSeconds(60))) {
            throw Told.usage("--from %s is too old: %s keeps %d days. Begin at %s, or bring what is older from a file "
                    .formatted(from, where, kept.toDays(), oldest) + "(--file).");
        }
    }
}
