package app.kulti.recording.mirror.mirroring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.MirrorReport;
import app.kulti.recording.events.MirrorReport.RefusedBecause;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.mirror.mirroring.FilmServer.Answer;
import app.kulti.recording.mirror.mirroring.plan.StoredPart;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class FilmCopyIT {
    private static final long PART = CopyStage.PART;
    private static final TestFilm FILM = TestFilm.of(3 * PART + 4711, 1);

    private CopyStage stage;

    @BeforeEach
    void setUp() throws IOException {
        stage = new CopyStage(FilmServer.of(FILM));
    }

    @AfterEach
    void tearDown() {
        stage.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {56, 4096, PART - 1, PART, PART + 1, 3 * PART, 4 * PART + 1})
    void aCopyEqualsItsSource(long size) throws InterruptedException {
        var film = TestFilm.of(size, size);
        stage.server.film(film);

        assertCopied(stage.state().declaring(size), film);
        assertThat(stage.server.sent()).as("bytes read of the source").isEqualTo(size);
    }

    @Test
    void aLargeOneToo() throws InterruptedException {
        var film = TestFilm.of(Long.getLong("mirror.film.bytes", 64 * CopyStage.MIB), 5);
        stage.server.film(film);

        assertCopied(stage.state().declaring(film.size()), film);
    }

    @Test
    void theObjectSaysWhatItIs() throws InterruptedException {
        var state = stage.state().asset("s3://hms/räume/film 1.mp4");

        stage.copy(state);

        var head = stage.head(state);
        assertThat(head.contentType()).isEqualTo("video/mp4");
        assertThat(head.cacheControl()).isEqualTo("max-age=3600");
        assertThat(head.metadata()).containsEntry("recording-id", state.id().toString()).containsEntry(
                "source-identity", "s3%3A%2F%2Fhms%2Fr%C3%A4ume%2Ffilm+1.mp4");
    }

    @Test
    void aSourceWithoutRangesIsCopiedInOneStream() throws InterruptedException {
        stage.server.always(Answer.whole());

        assertCopied(stage.state().declaring(FILM.size()), FILM);
        assertThat(stage.server.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {56, PART - 1, PART, PART + 1, 4 * PART})
    void aSourceThatDoesNotSayItsLengthIsCopied(long size) throws InterruptedException {
        var film = TestFilm.of(size, size);
        stage.server.film(film).always(Answer.withoutLength());

        assertCopied(stage.state(), film);
    }

    @Test
    void progressIsReported() throws InterruptedException {
        stage.server.always(Answer.slowly(4 * CopyStage.MIB));

        stage.copy(stage.state().revision(7).declaring(FILM.size()));

        assertThat(stage.reports.all()).hasSizeGreaterThan(2).allSatisfy(report -> assertThat(report)
                .isInstanceOfSatisfying(MirrorReport.Copying.class, copying -> {
                    assertThat(copying.revision()).isEqualTo(7);
                    assertThat(copying.total()).isEqualTo(FILM.size());
                }));
        assertThat(((MirrorReport.Copying) stage.reports.all().getFirst()).bytes()).isZero();
    }

    @Test
    void progressIsLogged() throws InterruptedException {
        stage.server.always(Answer.slowly(4 * CopyStage.MIB));
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        var logger = (Logger) LoggerFactory.getLogger(FilmCopy.class);
        var level = logger.getLevel();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
        try {
            stage.copy(stage.state().declaring(FILM.size()));
        } finally {
            logger.detachAppender(lines);
            logger.setLevel(level);
        }

        assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.matches(
                        "Copying .*mp4: \\d+ bytes are stored, \\d+ MiB/s, \\d+ remain, for about \\d+ s"))
                .anyMatch(line -> line.matches(".*mp4 Verified.*: read %d bytes in .* s, \\d+ MiB/s"
                        .formatted(FILM.size())))
                .noneMatch(line -> line.contains("secret"));
    }

    @Test
    void whatBreaksOffOnceIsReadAgain() throws InterruptedException {
        stage.server.first(Answer.rangesUntil(PART / 2), Answer.rangesUntil(PART / 3),
                Answer.page(503, "text/plain", "later"));

        assertCopied(stage.state().declaring(FILM.size()), FILM);
    }

    @Test
    void aStreamThatBreaksOffOnceIsReadAgain() throws InterruptedException {
        stage.server.always(Answer.whole()).first(Answer.wholeUntil(2 * PART + 1));

        assertCopied(stage.state().declaring(FILM.size()), FILM);
    }

    @Test
    void aSourceThatIsAwayIsLeftForLater() throws InterruptedException {
        stage.server.always(Answer.page(503, "text/plain", "later"));
        assertThat(stage.copy(stage.state())).isEqualTo(new Ending.NotNow(Fault.SOURCE, "the source answered 503"));

        var state = stage.state();
        stage.server.close();
        assertThat(stage.copy(state)).isInstanceOfSatisfying(Ending.NotNow.class,
                notNow -> assertThat(notNow.cause()).contains("could not be reached").doesNotContain("secret"));
    }

    @ParameterizedTest
    @CsvSource({"401,''", "403,Request has expired", "410,gone", "400,<Error><Code>ExpiredToken</Code></Error>"})
    void anExpiredUrlIsSaidToBe(int status, String page) throws InterruptedException {
        stage.server.always(Answer.page(status, "application/xml", page));

        assertThat(stage.copy(stage.state())).isEqualTo(new Ending.SourceExpired());
    }

    @Test
    void whoHasNoUrlAsksForOne() throws InterruptedException {
        assertThat(stage.copy(stage.state().withoutUrl())).isEqualTo(new Ending.SourceExpired());
    }

    @Test
    void afterAnExpiryInTheMiddleTheCopyGoesOnFromThere() throws InterruptedException {
        var film = TestFilm.of(12 * PART, 8);
        var expired = Answer.page(403, "application/xml", "<Error><Code>AccessDenied</Code></Error>");
        var ranges = Answer.ranges();
        stage.server.film(film).always(expired).first(ranges, ranges, ranges, ranges, ranges, ranges);
        var state = stage.state().declaring(film.size());
        assertThat(stage.copy(state)).isEqualTo(new Ending.SourceExpired());
        var sentBefore = stage.server.sent();

        stage.server.always(ranges);

        assertCopied(state, film);
        assertThat(sentBefore).isGreaterThanOrEqualTo(4 * PART);
        assertThat(stage.server.sent()).isLessThanOrEqualTo(film.size() + CopyStage.SETTINGS.partsInFlight() * PART);
    }

    @Test
    void aPageIsRefused() throws InterruptedException {
        stage.server.always(Answer.page(200, "text/html", "<!doctype html><title>Sorry</title>"));

        assertRefused(stage.state(), RefusedBecause.HTML);
        assertRefused(stage.state().declaring(4711), RefusedBecause.HTML);
    }

    @Test
    void anEmptyFileIsRefused() throws InterruptedException {
        stage.server.film(new TestFilm(0, 1, "moov"));
        assertRefused(stage.state(), RefusedBecause.EMPTY);

        stage.server.always(Answer.page(200, "video/mp4", ""));
        assertRefused(stage.state(), RefusedBecause.EMPTY);
    }

    @Test
    void anotherFileIsRefused() throws InterruptedException {
        stage.server.always(Answer.page(200, "video/mp4", "WEBVTT 00:00 --> 00:05 Hello"));

        assertRefused(stage.state(), RefusedBecause.NOT_MP4);
    }

    @Test
    void aFilmWithoutMoovIsRefused() throws InterruptedException {
        stage.server.film(TestFilm.withoutMoov(2 * PART));

        assertRefused(stage.state(), RefusedBecause.NO_MOOV);
    }

    @Test
    void aFileOfAnotherSizeThanDeclaredIsRefused() throws InterruptedException {
        assertRefused(stage.state().declaring(FILM.size() + 1), RefusedBecause.CUT_SHORT);
        assertRefused(stage.state().declaring(FILM.size() - 1), RefusedBecause.SIZE_DIFFERS);

        stage.server.always(Answer.withoutLength());
        assertRefused(stage.state().declaring(FILM.size() + 1), RefusedBecause.CUT_SHORT);
        assertRefused(stage.state().declaring(FILM.size() - 1), RefusedBecause.SIZE_DIFFERS);
    }

    @Test
    void aFileThatAlwaysEndsTooEarlyIsRefused() throws InterruptedException {
        stage.server.always(Answer.rangesUntil(2 * PART + 5));
        assertRefused(stage.state(), RefusedBecause.CUT_SHORT);

        stage.server.always(Answer.wholeUntil(2 * PART + 5));
        assertRefused(stage.state(), RefusedBecause.CUT_SHORT);

        stage.server.always(Answer.withoutLength(2 * PART + 5));
        assertRefused(stage.state(), RefusedBecause.CUT_SHORT);
    }

    @Test
    void aSourceThatNeverEndsIsNotReadOnForEver() throws InterruptedException {
        var film = TestFilm.of(200 * PART, 7);
        stage.server.film(film).always(Answer.withoutLength());

        assertRefused(stage.state().declaring(2 * PART), RefusedBecause.SIZE_DIFFERS);
        assertThat(stage.server.sent()).isLessThan(20 * PART);
    }

    @Test
    void whoAsksToBeLeftAloneForAMomentIs() throws InterruptedException {
        stage.server.first(Answer.busy("1"));
        var began = System.nanoTime();

        assertCopied(stage.state().declaring(FILM.size()), FILM);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3600", "Fri, 31 Dec 2100 23:59:59 GMT"})
    void whoAsksToBeLeftAloneForLongIsAskedAgainWhenTheCopyIsAnnouncedAgain(String retryAfter)
            throws InterruptedException {
        stage.server.always(Answer.busy(retryAfter));

        assertThat(stage.copy(stage.state())).isEqualTo(new Ending.NotNow(Fault.SOURCE, "the source answered 429"));
        assertThat(stage.server.asked()).hasSize(1);
    }

    @Test
    void aFileThatDoesNotFitIsRefused() throws InterruptedException {
        assertRefused(stage.state().declaring(4 * PART * 10_000 + 1), RefusedBecause.TOO_LARGE);
        assertThat(stage.server.asked()).isEmpty();
    }

    @Test
    void aGoodObjectIsNotReplacedByAWorseOne() throws InterruptedException {
        var state = stage.state();
        stage.copy(state);
        stage.server.film(TestFilm.withoutMoov(2 * PART));

        assertThat(stage.copy(state.asset("asset-2"))).isInstanceOf(Ending.Refused.class);

        assertThat(stage.sha256(state)).isEqualTo(FILM.sha256());
        assertThat(stage.unfinishedUploads()).isZero();
    }

    @Test
    void anotherAssetReplacesTheFirst() throws InterruptedException {
        var state = stage.state();
        stage.copy(state);
        var better = TestFilm.of(PART + 9, 9);
        stage.server.film(better);

        assertCopied(state.asset("asset-2"), better);
    }

    @Test
    void aFinishedCopyIsFoundAndNotMadeAgain() throws InterruptedException {
        var state = stage.state().declaring(FILM.size());
        var first = stage.copy(state);
        var sent = stage.server.sent();

        assertThat(stage.copy(state)).as("while the report is not yet acknowledged").isEqualTo(first);
        stage.films().forget(CopyStage.order(state));
        assertThat(stage.copy(state)).as("afterwards").isEqualTo(new Ending.Verified(FILM.size(), null));

        assertThat(stage.server.sent()).isEqualTo(sent);
        assertThat(stage.keys()).containsExactly(state.objectKey());
    }

    @Test
    void aRedirectIsFollowedWhereItMayGo() throws InterruptedException {
        stage.server.first(Answer.redirect("/elsewhere.mp4"));

        assertCopied(stage.state(), FILM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://169.254.169.254/latest/meta-data", "http://localhost:1/", "file:///etc/passwd",
            "https://files.example.com@127.0.0.1/", "//[::1]/", "http://127.0.0.1:1/"})
    void aRedirectToWhereNothingMayBeReadIsRefused(String location) throws InterruptedException {
        stage.server.always(Answer.redirect(location));

        assertRefused(stage.state(), RefusedBecause.ADDRESS_NOT_ALLOWED);
    }

    @Test
    void redirectsComeToAnEnd() throws InterruptedException {
        stage.server.always(Answer.redirect("/again.mp4"));

        assertThat(stage.copy(stage.state())).isInstanceOf(Ending.NotNow.class);
        assertThat(stage.server.asked()).hasSize(4);
    }

    @Test
    void anAddressThatIsNotAllowedIsNotEvenAsked() throws InterruptedException {
        assertRefused(stage.state().at(URI.create("http://127.0.0.1:1/film.mp4")),
                RefusedBecause.ADDRESS_NOT_ALLOWED);
    }

    @Test
    void whoIsAskedToStopHandsOverAndTheNextReadsOnlyWhatIsMissing() throws Exception {
        var film = TestFilm.of(12 * PART, 4);
        stage.server.film(film).always(Answer.slowly(8 * CopyStage.MIB));
        var state = stage.state().declaring(film.size());
        var stopping = new AtomicBoolean();

        var first = inBackground(() -> stage.films().run(CopyStage.order(state, stopping)));
        await().until(() -> stage.server.sent() > 4 * PART);
        stopping.set(true);

        assertThat(first.join()).isEqualTo(new Ending.HandedOver());
        assertThat(stage.keys()).containsExactly(CopyStage.planOf(state.id()));
        stage.server.always(Answer.ranges());
        assertCopied(state, film);
        assertThat(stage.server.sent()).as("no byte is read twice").isEqualTo(film.size());
    }

    @Test
    void whoIsKilledLosesNoMoreThanThePartsOnTheirWay() throws Exception {
        var film = TestFilm.of(12 * PART, 6);
        stage.server.film(film).always(Answer.slowly(8 * CopyStage.MIB));
        var state = stage.state().declaring(film.size());

        var first = inBackground(() -> stage.films().run(CopyStage.order(state)));
        await().until(() -> stage.server.sent() > 4 * PART);
        first.interrupt();

        assertThat(first.join()).isNull();
        await().untilAsserted(() -> assertThat(stage.buffers.inUse()).isZero());
        stage.server.always(Answer.ranges());
        assertCopied(state, film);
        assertThat(stage.server.sent()).isLessThanOrEqualTo(film.size() + CopyStage.SETTINGS.partsInFlight() * PART);
    }

    @Test
    void aSourceThatChangesInTheMiddleIsCopiedAnew() throws Exception {
        var state = stage.state();
        var stopping = new AtomicBoolean();
        stage.server.film(TestFilm.of(12 * PART, 6)).always(Answer.slowly(8 * CopyStage.MIB));
        var first = inBackground(() -> stage.films().run(CopyStage.order(state, stopping)));
        await().until(() -> stage.server.sent() > 4 * PART);
        stopping.set(true);
        assertThat(first.join()).isEqualTo(new Ending.HandedOver());

        var changed = TestFilm.of(5 * PART, 7);
        stage.server.film(changed).always(Answer.ranges());

        assertCopied(state, changed);
    }

    @Test
    void twoWorkersOnOneFilmLeaveOneCorrectObject() throws Exception {
        var film = TestFilm.of(12 * PART, 2);
        stage.server.film(film).always(Answer.slowly(8 * CopyStage.MIB));
        var state = stage.state().declaring(film.size());

        var one = inBackground(() -> stage.copy(state));
        var other = inBackground(() -> stage.copy(state));

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

    @Test
    void aRemovalLeavesNothingBehindAndMayComeAgain() throws Exception {
        var state = stage.state();
        stage.copy(state);
        stage.server.film(TestFilm.of(12 * PART, 6)).always(Answer.slowly(8 * CopyStage.MIB));
        var stopping = new AtomicBoolean();
        var second = inBackground(() -> stage.films().run(CopyStage.order(state.asset("asset-2"), stopping)));
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
        var left = inBackground(() -> stage.films().run(CopyStage.order(stage.state(), stopping)));
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

    private void assertCopied(States state, TestFilm film) throws InterruptedException {
        assertThat(stage.copy(state)).isEqualTo(new Ending.Verified(film.size(), film.crc32c()));
        assertThat(stage.sha256(state)).isEqualTo(film.sha256());
        assertThat(stage.unfinishedUploads()).isZero();
        assertThat(stage.buffers.inUse()).isZero();
    }

    private void assertRefused(States state, RefusedBecause reason) throws InterruptedException {
        assertThat(stage.copy(state)).isInstanceOfSatisfying(Ending.Refused.class, refused -> {
            assertThat(refused.flaw().reason()).isEqualTo(reason);
            assertThat(refused.flaw().detail()).doesNotContain("secret");
        });
        assertThat(stage.keys()).isEmpty();
        assertThat(stage.unfinishedUploads()).isZero();
        assertThat(stage.buffers.inUse()).isZero();
    }

    private static Background inBackground(Callable<Ending> copy) {
        return new Background(copy);
    }

    /** A copy on a thread of its own. */
    private static final class Background {
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final Future<Ending> copy;

        Background(Callable<Ending> copy) {
            this.copy = threads.submit(copy);
        }

        void interrupt() {
            threads.shutdownNow();
        }

        /** Its ending; null when it was interrupted. */
        @Nullable
        Ending join() throws InterruptedException {
            try (threads) {
                return copy.get();
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(InterruptedException.class);
                return null;
            }
        }
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
