package app.kulti.recording.mirror.mirroring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.MirrorReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs, seen by whoever hands states in: between the two lies what an offset's commit hangs on. */
class MirrorJobsIT {
    private static final TestFilm FILM = TestFilm.of(CopyStage.PART + 4711, 1);

    private final AcknowledgedLater reports = new AcknowledgedLater();
    private final AtomicInteger done = new AtomicInteger();
    private CopyStage stage;
    private Mirror mirror;

    @BeforeEach
    void setUp() {
        stage = CopyStage.of(FILM);
        mirror = new Mirror(stage.films(), stage.removal(), reports, 2, 2);
    }

    @AfterEach
    void tearDown() {
        reports.acknowledge();
        mirror.leave(_ -> true, Duration.ofSeconds(5));
        stage.close();
    }

    @Test
    void nothingIsDoneAndNoPlanForgottenBeforeTheReportIsAcknowledged() {
        var state = stage.state().declaring(FILM.size());
        mirror.take(state.wantingCopy(), 0, done::incrementAndGet);

        await().until(() -> reports.told.size() == 1);
        assertThat(done).hasValue(0);
        assertThat(stage.keys()).containsExactlyInAnyOrder(state.objectKey(), CopyStage.planOf(state.id()));

        reports.acknowledge();

        await().until(() -> done.get() == 1);
        await().untilAsserted(() -> assertThat(stage.keys()).containsExactly(state.objectKey()));
    }

    @Test
    void whatWasHandedOverIsNotDone() {
        stage.server.always(FilmServer.Answer.slowly(CopyStage.MIB));
        mirror.take(stage.state().wantingCopy(), 7, done::incrementAndGet);
        await().until(() -> stage.server.sent() > 0);

        mirror.leave(lane -> lane == 7, Duration.ZERO);

        assertThat(mirror.size()).isZero();
        assertThat(done).hasValue(0);
        assertThat(reports.told).isEmpty();
    }

    @Test
    void whatFailsByOurOwnMistakeIsReportedAndHoldsUpNobody() {
        reports.acknowledge();
        var mistaken = new Mirror(stage.films(Mistaken::new), stage.removal(Mistaken::new), reports, 2, 2);

        mistaken.take(stage.state().wantingCopy(), 0, done::incrementAndGet);
        mistaken.take(stage.state().wantingRemoval(), 0, done::incrementAndGet);

        await().until(() -> done.get() == 2);
        assertThat(reports.told).hasSize(2).allSatisfy(
                report -> assertThat(report).isInstanceOfSatisfying(MirrorReport.NotNow.class,
                        notNow -> assertThat(notNow.cause()).isEqualTo("unexpected: IllegalStateException")));
    }

    private static final class Mistaken extends BucketBehind {
        Mistaken(Bucket bucket) {
            super(bucket);
        }

        @Override
        public Optional<Film> find(String key) {
            throw new IllegalStateException("a copy's mistake");
        }

        @Override
        public void abortAll(String key) {
            throw new IllegalStateException("a removal's mistake");
        }
    }

    /** A broker that takes its time. */
    private static final class AcknowledgedLater implements Reports {
        private final CountDownLatch acknowledged = new CountDownLatch(1);
        private final List<MirrorReport> told = new CopyOnWriteArrayList<>();

        @Override
        public void say(MirrorReport report) throws InterruptedException {
            told.add(report);
            acknowledged.await();
        }

        @Override
        public void mention(MirrorReport report) {
            // Progress is not what anybody waits for here.
        }

        void acknowledge() {
            acknowledged.countDown();
        }
    }
}
