package app.kulti.recording.gateway.playback;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.SignedUrl;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SteadyLinksTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final SteadyLinks links = new SteadyLinks(
            (key, validity, disposition) -> new PlayLink(
                    new SignedUrl(
                            URI.create("https://storage.test/%s?signed=%s&as=%s".formatted(key, now, disposition))),
                    now.plus(validity)),
            () -> now);

    @Test
    void aFilmHasTheSameAddressForAWhile() {
        var first = links.to("s/r.mp4", HOUR, null);
        now = now.plus(Duration.ofMinutes(4));
        assertThat(links.to("s/r.mp4", HOUR, null)).isEqualTo(first);
        assertThat(links.to("s/other.mp4", HOUR, null)).isNotEqualTo(first);
        assertThat(links.to("s/r.mp4", HOUR, "attachment")).isNotEqualTo(first);
    }

    @Test
    void andAFreshOneAfterIt() {
        var first = links.to("s/r.mp4", HOUR, null);
        now = now.plus(Duration.ofMinutes(6));
        assertThat(links.to("s/r.mp4", HOUR, null)).isNotEqualTo(first);
    }

    @Test
    void whatIsHandedOnLastsAsLongAsWasAskedFor() {
        links.to("s/r.mp4", HOUR, null);
        now = now.plus(Duration.ofMinutes(4));
        assertThat(Objects.requireNonNull(links.to("s/r.mp4", HOUR, null).expiresAt())).isAfter(now.plus(HOUR));
    }
}
