package app.kulti.recording.mirror.mirroring;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.mirror.mirroring.FilmServer.Answer;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A source that fails is asked again now, later, or with a new URL, according to how it fails. */
class FaultySourceIT {
    private static final long PART = CopyStage.PART;
    private static final TestFilm FILM = TestFilm.of(3 * PART + 4711, 1);

    @AutoClose
    private final CopyStage stage = CopyStage.of(FILM);

    @Test
    void whatBreaksOffOnceIsReadAgain() throws InterruptedException {
        stage.server.first(Answer.rangesUntil(PART / 2), Answer.rangesUntil(PART / 3),
                Answer.page(503, "text/plain", "later"));

        stage.assertCopied(stage.state().declaring(FILM.size()), FILM);
    }

    @Test
    void aStreamThatBreaksOffOnceIsReadAgain() throws InterruptedException {
        stage.server.always(Answer.whole()).first(Answer.wholeUntil(2 * PART + 1));

        stage.assertCopied(stage.state().declaring(FILM.size()), FILM);
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

        stage.assertCopied(state, film);
        assertThat(sentBefore).isGreaterThanOrEqualTo(4 * PART);
        assertThat(stage.server.sent()).isLessThanOrEqualTo(film.size() + CopyStage.SETTINGS.partsInFlight() * PART);
    }

    @Test
    void whoAsksToBeLeftAloneForAMomentIs() throws InterruptedException {
        stage.server.first(Answer.busy("1"));
        var began = System.nanoTime();

        stage.assertCopied(stage.state().declaring(FILM.size()), FILM);
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
}
