package app.kulti.recording.mirror.mirroring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.MirrorReport.RefusedBecause;
import app.kulti.recording.mirror.mirroring.FilmServer.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a bucket does not do as it should is done again, or said; nothing counts as copied that is not. */
class FaultyBucketIT {
    private static final long PART = CopyStage.PART;
    private static final TestFilm FILM = TestFilm.of(3 * PART + 4711, 1);
    private static final int PARTS = 4;

    @AutoClose
    private final CopyStage stage = CopyStage.of(FILM);

    @Test
    void aPartThatTheBucketHasOtherwiseThanItWasSentIsSentAgain() throws InterruptedException {
        var sent = new AtomicInteger();
        var state = stage.state();

        var ending = copy(state, bucket -> new BucketBehind(bucket) {
            @Override
            public String store(String key, String uploadId, int number, PartBuffer part)
                    throws Trouble, CannotCopy, PlanVoid {
                var etag = super.store(key, uploadId, number, part);
                return sent.getAndIncrement() == 0 ? "\"00000000000000000000000000000000\"" : etag;
            }
        });

        assertThat(ending).isEqualTo(new Ending.Verified(FILM.size(), FILM.crc32c()));
        assertThat(sent).hasValue(PARTS + 1);
        assertThat(stage.sha256(state)).isEqualTo(FILM.sha256());
    }

    @Test
    void whatTheBucketNeverHasAsItWasSentBecomesNoObject() throws InterruptedException {
        var state = stage.state();

        var ending = copy(state, bucket -> new BucketBehind(bucket) {
            @Override
            public String store(String key, String uploadId, int number, PartBuffer part)
                    throws Trouble, CannotCopy, PlanVoid {
                var etag = super.store(key, uploadId, number, part);
                return number == 2 ? "\"00000000000000000000000000000000\"" : etag;
            }
        });

        assertThat(ending).isEqualTo(
                new Ending.NotNow(Fault.BUCKET, "the bucket has other bytes for part 2 than were sent"));
        assertThat(stage.keys()).doesNotContain(state.objectKey());
    }

    @Test
    void anObjectOfAnotherSizeThanWasSentIsNotVerified() throws InterruptedException {
        var ending = copy(stage.state(), bucket -> new BucketBehind(bucket) {
            @Override
            public Optional<Film> find(String key) throws Trouble, CannotCopy {
                return super.find(key)
                        .map(film -> new Film(film.size() - 1, film.recordingId(), film.sourceIdentity()));
            }
        });

        assertThat(ending).isEqualTo(
                new Ending.NotNow(Fault.BUCKET, "the bucket does not show the object that it has acknowledged"));
    }

    @Test
    void aFilmThatIsTooLargeOnlyWithWhatWasSentTwiceIsCopiedAnew() throws InterruptedException {
        var state = stage.state();
        var stumbled = new AtomicInteger();

        var ending = copy(state, bucket -> new CountsWhatComes(bucket, FILM.size()) {
            @Override
            public String store(String key, String uploadId, int number, PartBuffer part)
                    throws Trouble, CannotCopy, PlanVoid {
                var etag = super.store(key, uploadId, number, part);
                if (stumbled.getAndIncrement() == 0) {
                    throw new Trouble(Fault.BUCKET, "the answer was lost");
                }
                return etag;
            }
        });

        assertThat(ending).isEqualTo(new Ending.Verified(FILM.size(), FILM.crc32c()));
        assertThat(stage.sha256(state)).isEqualTo(FILM.sha256());
        assertThat(stage.unfinishedUploads()).isZero();
    }

    @Test
    void aFilmThatIsTooLargeAnywayIsRefused() throws InterruptedException {
        var ending = copy(stage.state(), bucket -> new CountsWhatComes(bucket, FILM.size() - 1));

        assertThat(ending).isInstanceOfSatisfying(Ending.Refused.class,
                refused -> assertThat(refused.flaw().reason()).isEqualTo(RefusedBecause.TOO_LARGE));
        assertThat(stage.keys()).isEmpty();
        assertThat(stage.unfinishedUploads()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBucketThatTakesItsTimeHoldsTheSourceBack(boolean ranges) throws Exception {
        var film = TestFilm.of(40 * PART, 7);
        stage.server.film(film).always(ranges ? Answer.ranges() : Answer.whole());
        var never = new CountDownLatch(1);

        var copying = new CopyInBackground(() -> copy(stage.state(), bucket -> new BucketBehind(bucket) {
            @Override
            public String store(String key, String uploadId, int number, PartBuffer part) throws Trouble {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new Trouble(Fault.BUCKET, "it was waited for in vain");
            }
        }));

        await().until(() -> stage.server.sent() >= 3 * PART);
        // What there is room for, and what lies between two sockets.
        await().during(Duration.ofMillis(500)).until(() -> stage.server.sent() <= 4 * PART + 12 * CopyStage.MIB);
        copying.interrupt();
        assertThat(copying.join()).isNull();
        await().untilAsserted(() -> assertThat(stage.buffers.inUse()).isZero());
    }

    private Ending copy(States state, UnaryOperator<Bucket> between) throws InterruptedException {
        return stage.films(between).run(CopyStage.order(state));
    }

    /** As Supabase does: a part counts against the limit as often as it comes. */
    private static class CountsWhatComes extends BucketBehind {
        private final long limit;
        private final Map<String, Long> bytes = new ConcurrentHashMap<>();

        CountsWhatComes(Bucket bucket, long limit) {
            super(bucket);
            this.limit = limit;
        }

        @Override
        public String store(String key, String uploadId, int number, PartBuffer part)
                throws Trouble, CannotCopy, PlanVoid {
            if (bytes.merge(uploadId, part.size(), Long::sum) > limit) {
                throw new CannotCopy(new Ending.Refused(RefusedBecause.TOO_LARGE, "no file of this size"));
            }
            return super.store(key, uploadId, number, part);
        }
    }
}
