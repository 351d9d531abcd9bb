package app.kulti.recording.mirror.mirroring;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.MirrorReport.RefusedBecause;
import app.kulti.recording.mirror.mirroring.FilmServer.Answer;
import java.net.URI;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no whole film, or lies where nothing may be read, is refused with its reason and leaves nothing behind. */
class RefusedFilmIT {
    private static final long PART = CopyStage.PART;
    private static final TestFilm FILM = TestFilm.of(3 * PART + 4711, 1);

    @AutoClose
    private final CopyStage stage = CopyStage.of(FILM);

    @Test
    void aPageIsRefused() throws InterruptedException {
        stage.server.always(Answer.page(200, "text/html", "<!doctype html><title>Sorry</title>"));

        stage.assertRefused(stage.state(), RefusedBecause.HTML);
        stage.assertRefused(stage.state().declaring(4711), RefusedBecause.HTML);
    }

    @Test
    void anEmptyFileIsRefused() throws InterruptedException {
        stage.server.film(new TestFilm(0, 1, "moov"));
        stage.assertRefused(stage.state(), RefusedBecause.EMPTY);

        stage.server.always(Answer.page(200, "video/mp4", ""));
        stage.assertRefused(stage.state(), RefusedBecause.EMPTY);
    }

    @Test
    void anotherFileIsRefused() throws InterruptedException {
        stage.server.always(Answer.page(200, "video/mp4", "WEBVTT 00:00 --> 00:05 Hello"));

        stage.assertRefused(stage.state(), RefusedBecause.NOT_MP4);
    }

    @Test
    void aFilmWithoutMoovIsRefused() throws InterruptedException {
        stage.server.film(TestFilm.withoutMoov(2 * PART));

        stage.assertRefused(stage.state(), RefusedBecause.NO_MOOV);
    }

    @Test
    void aFileOfAnotherSizeThanDeclaredIsRefused() throws InterruptedException {
        stage.assertRefused(stage.state().declaring(FILM.size() + 1), RefusedBecause.CUT_SHORT);
        stage.assertRefused(stage.state().declaring(FILM.size() - 1), RefusedBecause.SIZE_DIFFERS);

        stage.server.always(Answer.withoutLength());
        stage.assertRefused(stage.state().declaring(FILM.size() + 1), RefusedBecause.CUT_SHORT);
        stage.assertRefused(stage.state().declaring(FILM.size() - 1), RefusedBecause.SIZE_DIFFERS);
    }

    @Test
    void aFileThatAlwaysEndsTooEarlyIsRefused() throws InterruptedException {
        stage.server.always(Answer.rangesUntil(2 * PART + 5));
        stage.assertRefused(stage.state(), RefusedBecause.CUT_SHORT);

        stage.server.always(Answer.wholeUntil(2 * PART + 5));
        stage.assertRefused(stage.state(), RefusedBecause.CUT_SHORT);

        stage.server.always(Answer.withoutLength(2 * PART + 5));
        stage.assertRefused(stage.state(), RefusedBecause.CUT_SHORT);
    }

    @Test
    void aSourceThatNeverEndsIsNotReadOnForEver() throws InterruptedException {
        var film = TestFilm.of(200 * PART, 7);
        stage.server.film(film).always(Answer.withoutLength());

        stage.assertRefused(stage.state().declaring(2 * PART), RefusedBecause.SIZE_DIFFERS);
        assertThat(stage.server.sent()).isLessThan(20 * PART);
    }

    @Test
    void aFileThatDoesNotFitIsRefused() throws InterruptedException {
        stage.assertRefused(stage.state().declaring(4 * PART * 10_000 + 1), RefusedBecause.TOO_LARGE);
        assertThat(stage.server.asked()).isEmpty();
    }

    @Test
    void aRedirectIsFollowedWhereItMayGo() throws InterruptedException {
        stage.server.first(Answer.redirect("/elsewhere.mp4"));

        stage.assertCopied(stage.state(), FILM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://169.254.169.254/latest/meta-data", "http://localhost:1/", "file:///etc/passwd",
            "https://files.example.com@127.0.0.1/", "//[::1]/", "http://127.0.0.1:1/"})
    void aRedirectToWhereNothingMayBeReadIsRefused(String location) throws InterruptedException {
        stage.server.always(Answer.redirect(location));

        stage.assertRefused(stage.state(), RefusedBecause.ADDRESS_NOT_ALLOWED);
    }

    @Test
    void redirectsComeToAnEnd() throws InterruptedException {
        stage.server.always(Answer.redirect("/again.mp4"));

        assertThat(stage.copy(stage.state())).isInstanceOf(Ending.NotNow.class);
        assertThat(stage.server.asked()).hasSize(4);
    }

    @Test
    void anAddressThatIsNotAllowedIsNotEvenAsked() throws InterruptedException {
        stage.assertRefused(stage.state().at(URI.create("http://127.0.0.1:1/film.mp4")),
                RefusedBecause.ADDRESS_NOT_ALLOWED);
    }
}
