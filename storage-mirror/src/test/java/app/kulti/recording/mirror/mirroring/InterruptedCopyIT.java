package app.kulti.recording.mirror.mirroring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.mirror.mirroring.FilmServer.Answer;
import app.kulti.recording.mirror.mirroring.plan.CopyPlan;
import app.kulti.recording.mirror.mirroring.plan.StoredPart;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever ends a copy in the middle, the next goes on with what is stored, and the object is right. */
class InterruptedCopyIT {
    private static final long PART = CopyStage.PART;
    private static final TestFilm FILM = TestFilm.of(3 * PART + 4711, 1);

    @AutoClose
    private final CopyStage stage = CopyStage.of(FILM);

    @Test
    void whoIsAskedToStopHandsOverAndTheNextReadsOnlyWhatIsMissing() throws Exception {
        var film = TestFilm.of(12 * PART, 4);
        stage.server.film(film).always(Answer.slowly(8 * CopyStage.MIB));
        var state = stage.state().declaring(film.size());
        var stopping = new AtomicBoolean();

        var first = new CopyInBackground(() -> stage.films().run(CopyStage.order(state, stopping)));
        await().until(() -> stage.server.sent() > 4 * PART);
        stopping.set(true);

        assertThat(first.join()).isEqualTo(new Ending.HandedOver());
        assertThat(stage.keys()).containsExactly(CopyStage.planOf(state.id()));
        stage.server.always(Answer.ranges());
        stage.assertCopied(state, film);
        assertThat(stage.server.sent()).as("no byte is read twice").isEqualTo(film.size());
    }

    @ParameterizedTest
    @ValueSource(longs = {PART + 1, 9 * PART})
    void whoIsKilledLosesNoMoreThanThePartsOnTheirWay(long sent) throws Exception {
        var film = TestFilm.of(12 * PART, 6);
        stage.server.film(film).always(Answer.slowly(32 * CopyStage.MIB));
        var state = stage.state().declaring(film.size());
        var dead = new AtomicBoolean();

        var first = new CopyInBackground(() -> stage.films(bucket -> bucket, plans -> new DeadHand(plans, dead))
                .run(CopyStage.order(state)));
        await().pollInterval(Duration.ofMillis(5)).until(() -> stage.server.sent() >= sent);
        dead.set(true);
        first.interrupt();

        assertThat(first.join()).isNull();
        await().untilAsserted(() -> assertThat(stage.buffers.inUse()).isZero());
        stage.server.always(Answer.ranges());
        stage.assertCopied(state, film);
        assertThat(stage.server.sent()).isLessThanOrEqualTo(film.size() + CopyStage.SETTINGS.partsInFlight() * PART);
    }

    @Test
    void aPartIsNotedSoonThoughNoOtherFollows() throws Exception {
        stage.server.always(Answer.slowly(1000)).first(Answer.ranges());
        var state = stage.state().declaring(FILM.size());

        var copy = new CopyInBackground(() -> stage.films().run(CopyStage.order(state)));

        await().until(() -> stage.plan(state).stream().mapToLong(CopyPlan::storedBytes).sum() == PART);
        copy.interrupt();
        assertThat(copy.join()).isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSourceThatChangesInTheMiddleIsCopiedAnew(boolean tellsEtag) throws Exception {
        if (!tellsEtag) {
            stage.server.withoutEtag();
        }
        var state = stage.state();
        var stopping = new AtomicBoolean();
        stage.server.film(TestFilm.of(8 * PART, 6)).always(Answer.slowly(8 * CopyStage.MIB));
        var first = new CopyInBackground(() -> stage.films().run(CopyStage.order(state, stopping)));
        await().until(() -> stage.server.sent() > 2 * PART);
        stopping.set(true);
        assertThat(first.join()).isEqualTo(new Ending.HandedOver());

        var changed = TestFilm.of(8 * PART, 7);
        stage.server.film(changed).always(Answer.ranges());

        stage.assertCopied(state, changed);
    }

    @Test
    void twoWorkersOnOneFilmLeaveOneCorrectObject() throws Exception {
        var film = TestFilm.of(12 * PART, 2);
        stage.server.film(film).always(Answer.slowly(16 * CopyStage.MIB));
        var state = stage.state().declaring(film.size());

        var one = new CopyInBackground(() -> stage.copy(state));
        var other = new CopyInBackground(() -> stage.copy(state));

        assertThat(List.of(one.join(), other.join())).as("endings").allSatisfy(
                ending -> assertThat(ending).isInstanceOfAny(Ending.Verified.class, Ending.NotNow.class))
                .anyMatch(Ending.Verified.class::isInstance);
        assertThat(stage.sha256(state)).isEqualTo(film.sha256());
        stage.copy(state);
        assertThat(stage.unfinishedUploads()).isZero();
    }

    @Test
    void anAnswerToCompleteThatWasLostIsLookedUp() throws InterruptedException {
        var state = stage.state();
        var films = stage.films(bucket -> new LosesAnAnswer(bucket));

        assertThat(films.run(CopyStage.order(state))).isEqualTo(new Ending.Verified(FILM.size(), FILM.crc32c()));
        assertThat(stage.sha256(state)).isEqualTo(FILM.sha256());
    }

    /** Once its worker is dead it writes no more. */
    private record DeadHand(Plans plans, AtomicBoolean dead) implements Plans {
        @Override
        public Optional<CopyPlan> find(RecordingId recordingId) throws Trouble, CannotCopy {
            return plans.find(recordingId);
        }

        @Override
        public void save(RecordingId recordingId, CopyPlan plan) throws Trouble, CannotCopy {
            if (!dead.get()) {
                plans.save(recordingId, plan);
            }
        }

        @Override
        public void remove(RecordingId recordingId) throws Trouble, CannotCopy {
            plans.remove(recordingId);
        }
    }

    private static final class LosesAnAnswer extends BucketBehind {
        private boolean lost;

        LosesAnAnswer(Bucket bucket) {
            super(bucket);
        }

        @Override
        public void complete(String key, String uploadId, List<StoredPart> parts)
                throws Trouble, CannotCopy, PlanVoid {
            super.complete(key, uploadId, parts);
            if (!lost) {
                lost = true;
                throw new Trouble(Fault.BUCKET, "the answer was lost");
            }
        }
    }
}
