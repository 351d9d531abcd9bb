package app.kulti.recording.gateway.playback;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.SignedUrl;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlayLinksTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final SignedUrl SOURCE = new SignedUrl(URI.create("https://files.100ms.live/a.mp4?sig=1"));

    private final AtomicReference<@Nullable Duration> signedFor = new AtomicReference<>();
    private final PlayLinks links = new PlayLinks((key, validity, disposition) -> {
        signedFor.set(validity);
        return new PlayLink(new SignedUrl(URI.create("https://storage.test/" + key)), NOW.plus(validity));
    }, InstantSource.fixed(NOW));

    @Test
    void ourCopyComesFirst() {
        var link = links.to(new RecordingFile("s/r.mp4", SOURCE, NOW.plusSeconds(3600), null));
        assertThat(link).hasValueSatisfying(
                found -> assertThat(found.url().uri()).hasToString("https://storage.test/s/r.mp4"));
    }

    @Test
    void before100msLendsItsOwnWhileItLasts() {
        assertThat(links.to(new RecordingFile(null, SOURCE, NOW.plusSeconds(3600), null)))
                .hasValue(new PlayLink(SOURCE, NOW.plusSeconds(3600)));
        assertThat(links.to(new RecordingFile(null, SOURCE, null, null))).hasValue(new PlayLink(SOURCE, null));
    }

    @Test
    void aLinkThatEndsAnyMomentIsNone() {
        assertThat(links.to(new RecordingFile(null, SOURCE, NOW.plusSeconds(30), null))).isEmpty();
        assertThat(links.to(new RecordingFile(null, SOURCE, NOW.minusSeconds(1), null))).isEmpty();
        assertThat(links.to(new RecordingFile(null, null, null, null))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT1H", "PT10M, PT1H", "PT45M, PT1H30M", "PT2H, PT4H", "PT6H, PT12H", "PT9H, PT12H"})
    void itIsValidForTwiceTheFilmWithinBounds(Duration film, Duration validity) {
        assertThat(links.to(new RecordingFile("s/r.mp4", null, null, film))).isPresent();
        assertThat(signedFor.get()).isEqualTo(validity);
    }
}
