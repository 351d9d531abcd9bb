package app.kulti.recording.processor.hms;

import app.kulti.recording.events.HmsRecording;
import app.kulti.recording.processor.hms.HmsJson.Page;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A list that is read page by page.
 *
 * @param since    what is older is not wanted
 * @param found    what is wanted, of the pages so far
 * @param pages    how many there were
 * @param next     after which id the next page begins
 * @param complete whether no page can hold more that is wanted
 */
record Listing(Instant since, List<HmsRecording> found, int pages, @Nullable String next, boolean complete) {
    /** As many as 100ms gives at once. */
    static final int PAGE = 100;
    /** As few as 100ms lets one ask for. */
    static final int SMALLEST_PAGE = 10;
    /** 2000 recordings of one room are more than any session has; without a bound a list that never ends would be followed. */
    static final int MOST_PAGES = 20;

    private static final Comparator<HmsRecording> NEWEST_FIRST = Comparator.comparing(HmsRecording::createdAt)
            .reversed();

    static Listing since(Instant since) {
        return new Listing(since, List.of(), 0, null, false);
    }

    Listing plus(Page page) {
        var recordings = page.read();
        var wanted = Stream.concat(found.stream(), recordings.stream().filter(one -> !one.createdAt().isBefore(since)))
                .sorted(NEWEST_FIRST).toList();
        var last = page.last();
        var ends = last == null || last.isBlank() || last.equals(next) || recordings.size() < pageSize(page)
                || isPastSince(recordings);
        return new Listing(since, wanted, pages + 1, last, ends);
    }

    private static int pageSize(Page page) {
        return page.limit() == null ? PAGE : Math.min(page.limit(), PAGE);
    }

    /** 100ms documents no order; only where a page shows that the newest come first, nothing wanted comes after an old one. */
    private boolean isPastSince(List<HmsRecording> page) {
        return page.size() > 1 && page.getLast().createdAt().isBefore(since) && IntStream.range(1, page.size())
                .allMatch(i -> !page.get(i).createdAt().isAfter(page.get(i - 1).createdAt()));
    }
}
