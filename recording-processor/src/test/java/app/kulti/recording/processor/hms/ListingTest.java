package app.kulti.recording.processor.hms;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.HmsRecording;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.processor.hms.HmsJson.Page;
import app.kulti.recording.processor.hms.HmsJson.Recording;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListingTest {
    private static final Instant SINCE = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void givesTheNewestFirstWhateverThePagesOrder() {
        var listing = Listing.since(SINCE).plus(page(3, "b", 1, 3, 2)).plus(page(3, null, 0, -1));

        assertThat(listing.found()).extracting(HmsRecording::id).containsExactly("at 3", "at 2", "at 1", "at 0");
        assertThat(listing.complete()).isTrue();
    }

    @Test
    void goesOnBehindAFullPage() {
        assertThat(Listing.since(SINCE).plus(page(2, "b", 1, 2))).returns(false, Listing::complete)
                .returns("b", Listing::next).returns(1, Listing::pages);
    }

    @Test
    void endsWithAPageThatIsNotFull() {
        assertThat(Listing.since(SINCE).plus(page(3, "b", 1, 2)).complete()).isTrue();
        assertThat(Listing.since(SINCE).plus(new Page(null, null, null)).complete()).isTrue();
    }

    @Test
    void endsWhereNothingFollows() {
        assertThat(Listing.since(SINCE).plus(page(2, null, 1, 2)).complete()).isTrue();
        assertThat(Listing.since(SINCE).plus(page(2, "", 1, 2)).complete()).isTrue();
        assertThat(Listing.since(SINCE).plus(page(2, "b", 1, 2)).plus(page(2, "b", 3, 4)).complete()).isTrue();
    }

    @Test
    void endsWhereTheNewestComeFirstAndTheLastIsTooOld() {
        assertThat(Listing.since(SINCE).plus(page(3, "b", 2, 1, -1)).complete()).isTrue();
        assertThat(Listing.since(SINCE).plus(page(3, "b", -1, 2, -2)).complete()).isFalse();
        assertThat(Listing.since(SINCE).plus(page(1, "b", -1)).complete()).isFalse();
    }

    private static Page page(int limit, @Nullable String last, int... secondsAfterSince) {
        return new Page(limit, IntStream.of(secondsAfterSince).mapToObj(ListingTest::recording).toList(), last);
    }

    private static Recording recording(int secondsAfterSince) {
        return new Recording("at " + secondsAfterSince, new RoomId("7"), null, "completed",
                SINCE.plusSeconds(secondsAfterSince), null, null, List.of());
    }
}
