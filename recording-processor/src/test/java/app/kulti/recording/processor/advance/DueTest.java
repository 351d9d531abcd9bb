package app.kulti.recording.processor.advance;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.SignedUrl;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.processor.recording.Evidence;
import app.kulti.recording.processor.recording.Film;
import app.kulti.recording.processor.recording.Link;
import app.kulti.recording.processor.recording.Recording;
import app.kulti.recording.processor.recording.Stamp;
import app.kulti.recording.processor.recording.Tombstone;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DueTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Stamp STAMP = new Stamp(NOON, new EventId(new UUID(0, 1)));

    @Test
    void aWantedStopIsRepeatedSoonAndARunningRecordingLookedAtLater() {
        var running = stored(new Evidence.Started(STAMP, NOON));
        var stopping = stored(new Evidence.Started(STAMP, NOON),
                new Evidence.StopWanted(STAMP, new Evidence.StopWish(null)));

        assertThat(wait(stopping)).isEqualTo(Duration.ofSeconds(10));
        assertThat(wait(running)).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void theLongerItIsProcessedTheLongerThePauses() {
        assertThat(wait(stored(new Evidence.Stopped(STAMP, NOON.minusSeconds(10), null))))
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(wait(stored(new Evidence.Stopped(STAMP, NOON.minusSeconds(1_200), null))))
                .isEqualTo(Duration.ofMinutes(10));
        assertThat(wait(stored(new Evidence.Stopped(STAMP, NOON.minusSeconds(1_000_000), null))))
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void aCopyIsAskedForAgainAfterFiveMinutesAndThenAfterGrowingPauses() {
        var wanted = stored(file());

        assertThat(wait(wanted)).isEqualTo(Duration.ofMinutes(5));
        assertThat(wait(wanted.askedAgain())).isEqualTo(Duration.ofMinutes(10));
        var often = wanted;
        for (var times = 0; times < 40; times++) {
            often = often.askedAgain();
        }
        assertThat(wait(often)).isEqualTo(Duration.ofHours(6));
    }

    @Test
    void what100msHasDeletedIsAskedForNoMore() {
        var wanted = stored(file(), new Evidence.Stopped(STAMP, NOON, null));

        assertThat(Due.of(wanted, NOON.plus(Duration.ofDays(15)))).isNotNull();
        assertThat(Due.of(wanted, NOON.plus(Duration.ofDays(17)))).isNull();
    }

    @Test
    void aDeletionIsAnnouncedAgainAfterGrowingPausesUntilItIsRemoved() {
        var deleted = new Tombstone(new RecordingId(new UUID(0, 1)), new SessionId(new UUID(0, 2)), null, null, "job-1",
                NOON, NOON, false, 7, 0, NOON, null, null);
        var once = deleted.announced();

        assertThat(Due.of(once, NOON)).isEqualTo(NOON.plus(Duration.ofMinutes(5)));
        assertThat(Due.of(once.announced(), NOON)).isEqualTo(NOON.plus(Duration.ofMinutes(10)));
        assertThat(once.announced().state().revision()).as("the same number each time").isEqualTo(8);
        assertThat(Due.of(once.removed(NOON), NOON)).isNull();
    }

    @Test
    void whatIsVerifiedOrFailedIsWaitedForNoMore() {
        assertThat(Due.of(stored(file(), new Evidence.Verified(STAMP, NOON, "a.mp4", "key", 1, null)), NOON)).isNull();
        var failed = stored(new Evidence.Failed(STAMP, "X"));
        assertThat(failed.recording().status()).isEqualTo(RecordingStatus.FAILED);
        assertThat(Due.of(failed, NOON)).isNull();
    }

    private static Evidence file() {
        return new Evidence.FileReady(STAMP, new Film(null, "a.mp4", null, 1L, 1L, null, "mp4", null, null),
                Link.to(null, "a.mp4", new SignedUrl(URI.create("https://f.example/a.mp4?s=1")), null));
    }

    private static Stored stored(Evidence... evidence) {
        return Stored.fresh(Recording.unknown(new RecordingId(new UUID(0, 1)), new SessionId(new UUID(0, 2)),
                new RoomId("room-1")).with(List.of(evidence)));
    }

    private static Duration wait(Stored stored) {
        var due = Due.of(stored, NOON);
        assertThat(due).isNotNull();
        return Duration.between(NOON, due);
    }
}
