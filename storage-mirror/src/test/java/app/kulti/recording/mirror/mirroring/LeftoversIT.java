package app.kulti.recording.mirror.mirroring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.mirror.mirroring.FilmServer.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a removal and the sweep take away, and what they leave alone. */
class LeftoversIT {
    private static final long PART = CopyStage.PART;
    private static final TestFilm FILM = TestFilm.of(3 * PART + 4711, 1);

    @AutoClose
    private final CopyStage stage = CopyStage.of(FILM);

    @Test
    void aRemovalLeavesNothingBehindAndMayComeAgain() throws Exception {
        var state = stage.state();
        stage.copy(state);
        stage.server.film(TestFilm.of(12 * PART, 6)).always(Answer.slowly(8 * CopyStage.MIB));
        var stopping = new AtomicBoolean();
        var second = new CopyInBackground(() -> stage.films().run(CopyStage.order(state.asset("asset-2"), stopping)));
        await().until(() -> stage.server.sent() > FILM.size() + 4 * PART);
        stopping.set(true);
        second.join();
        assertThat(stage.keys()).hasSize(2);
        assertThat(stage.unfinishedUploads()).isEqualTo(1);

        for (var times = 0; times < 2; times++) {
            stage.removal().remove(state.id(), state.objectKey());

            assertThat(stage.keys()).isEmpty();
            assertThat(stage.unfinishedUploads()).isZero();
        }
    }

    @Test
    void whatNobodyHasTouchedForADayIsSweptAndWhatIsLiveIsLeftAlone() throws Exception {
        stage.server.film(TestFilm.of(12 * PART, 6)).always(Answer.slowly(8 * CopyStage.MIB));
        var stopping = new AtomicBoolean();
        var left = new CopyInBackground(() -> stage.films().run(CopyStage.order(stage.state(), stopping)));
        await().until(() -> stage.server.sent() > 4 * PART);
        stopping.set(true);
        left.join();
        assertThat(stage.unfinishedUploads()).isEqualTo(1);

        stage.sweep(bucket -> bucket, InstantSource.system()).run();
        assertThat(stage.unfinishedUploads()).as("just begun").isEqualTo(1);

        stage.sweep(BegunLongAgo::new, InstantSource.system()).run();
        assertThat(stage.unfinishedUploads()).as("begun long ago, and still growing").isEqualTo(1);

        var tomorrow = InstantSource.offset(InstantSource.system(), Duration.ofHours(25));
        stage.sweep(BegunLongAgo::new, tomorrow).run();
        assertThat(stage.unfinishedUploads()).as("left for a day").isZero();
    }

    @Test
    void whereNobodySaysWhenAnUploadWasBegunItIsLeftForADayFromWhenItWasSeen() throws Exception {
        var bucket = new AtomicReference<Bucket>();
        var now = new AtomicReference<>(Instant.now());
        var sweep = stage.sweep(real -> {
            bucket.set(real);
            return new SaysNoTimes(real);
        }, now::get);
        bucket.get().begin("%s/%s.mp4".formatted(UUID.randomUUID(), UUID.randomUUID()),
                new RecordingId(UUID.randomUUID()), "asset");
        bucket.get().begin("somebody/elses.mp4", new RecordingId(UUID.randomUUID()), "asset");

        sweep.run();
        now.set(now.get().plus(Duration.ofHours(23)));
        sweep.run();
        assertThat(stage.unfinishedUploads()).isEqualTo(2);

        now.set(now.get().plus(Duration.ofHours(2)));
        sweep.run();
        assertThat(stage.unfinishedUploads()).as("that of somebody else").isEqualTo(1);
    }

    private static final class BegunLongAgo extends BucketBehind {
        BegunLongAgo(Bucket bucket) {
            super(bucket);
        }

        @Override
        public List<Unfinished> unfinished() throws Trouble, CannotCopy {
            return super.unfinished().stream().map(upload -> new Unfinished(upload.key(), upload.uploadId(),
                    Instant.now().minus(Duration.ofHours(25)))).toList();
        }
    }

    private static final class SaysNoTimes extends BucketBehind {
        SaysNoTimes(Bucket bucket) {
            super(bucket);
        }

        @Override
        public List<Unfinished> unfinished() throws Trouble, CannotCopy {
            return super.unfinished().stream()
                    .map(upload -> new Unfinished(upload.key(), upload.uploadId(), null)).toList();
        }
    }
}
