package app.kulti.recording.mirror.mirroring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.MirrorReport;
import app.kulti.recording.mirror.mirroring.FilmServer.Answer;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A copy is what its source was, says what it is, and is made once. */
class FilmCopyIT {
    private static final long PART = CopyStage.PART;
    private static final TestFilm FILM = TestFilm.of(3 * PART + 4711, 1);

    @AutoClose
    private final CopyStage stage = CopyStage.of(FILM);

    @ParameterizedTest
    @ValueSource(longs = {56, 4096, PART - 1, PART, PART + 1, 3 * PART, 4 * PART + 1})
    void aCopyEqualsItsSource(long size) throws InterruptedException {
        var film = TestFilm.of(size, size);
        stage.server.film(film);

        stage.assertCopied(stage.state().declaring(size), film);
        assertThat(stage.server.sent()).as("bytes read of the source").isEqualTo(size);
    }

    @Test
    void aLargeOneToo() throws InterruptedException {
        var film = TestFilm.of(Long.getLong("mirror.film.bytes", 64 * CopyStage.MIB), 5);
        stage.server.film(film);

        stage.assertCopied(stage.state().declaring(film.size()), film);
    }

    @Test
    void aSourceWithoutRangesIsCopiedInOneStream() throws InterruptedException {
        stage.server.always(Answer.whole());

        stage.assertCopied(stage.state().declaring(FILM.size()), FILM);
        assertThat(stage.server.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {56, PART - 1, PART, PART + 1, 4 * PART})
    void aSourceThatDoesNotSayItsLengthIsCopied(long size) throws InterruptedException {
        var film = TestFilm.of(size, size);
        stage.server.film(film).always(Answer.withoutLength());

        stage.assertCopied(stage.state(), film);
    }

    @Test
    void aSourceThatSaysOfItsRangesOnlyWhereTheyLieIsCopiedInOneStream() throws InterruptedException {
        stage.server.always(Answer.rangesOfSomething());

        stage.assertCopied(stage.state(), FILM);
    }

    @Test
    void partsAreReadAndStoredSideBySide() throws InterruptedException {
        var film = TestFilm.of(6 * PART, 3);
        stage.server.film(film).always(Answer.slowly(16 * CopyStage.MIB));
        var together = new CountDownLatch(2);

        var ending = stage.films(bucket -> new BucketBehind(bucket) {
            @Override
            public String store(String key, String uploadId, int number, PartBuffer part)
                    throws Trouble, CannotCopy, PlanVoid {
                together.countDown();
                await().until(() -> together.getCount() == 0);
                return super.store(key, uploadId, number, part);
            }
        }).run(CopyStage.order(stage.state()));

        assertThat(ending).isEqualTo(new Ending.Verified(film.size(), film.crc32c()));
        assertThat(stage.server.mostAtATime()).isGreaterThanOrEqualTo(CopyStage.SETTINGS.ranges());
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
    void anotherAssetReplacesTheFirst() throws InterruptedException {
        var state = stage.state();
        stage.copy(state);
        var better = TestFilm.of(PART + 9, 9);
        stage.server.film(better);

        stage.assertCopied(state.asset("asset-2"), better);
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
        stage.server.always(Answer.slowly(4 * CopyStage.MIB)).first(Answer.ranges());
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
}
