package app.kulti.recording.infra.local.hms.file;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.infra.local.hms.file.SignedLinks.Verdict;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

class SignedLinksTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.5Z");
    private static final String PATH = "s3://bucket/prefix/beam/room/20260301/Rec-room-1.mp4";

    @Test
    void aLinkIsGoodUntilItExpires() {
        String link = at(NOW).link(PATH, Duration.ofMinutes(10));

        assertThat(link).startsWith("http://localhost:8090/files/bucket/prefix/beam/room/20260301/Rec-room-1.mp4?");
        assertThat(judge(NOW, link)).isEqualTo(Verdict.GOOD);
        assertThat(judge(NOW.plusSeconds(600), link)).isEqualTo(Verdict.GOOD);
        assertThat(judge(NOW.plusSeconds(601), link)).isEqualTo(Verdict.EXPIRED);
    }

    @Test
    void aLinkLeadsToTheFileThatWasSigned() {
        URI link = URI.create(at(NOW).link(PATH, Duration.ofMinutes(10)));

        assertThat(SignedLinks.pathOf(link.getPath())).isEqualTo(PATH);
    }

    @Test
    void aChangedLinkIsForged() {
        String link = at(NOW).link(PATH, Duration.ofMinutes(10));

        assertThat(judge(NOW, link.replace("Rec-room-1", "Rec-room-2"))).isEqualTo(Verdict.FORGED);
        assertThat(judge(NOW, link.replace("expires=1", "expires=2"))).isEqualTo(Verdict.FORGED);
        assertThat(judge(NOW, link.replace("expires=", "expires=x"))).isEqualTo(Verdict.FORGED);
        assertThat(judge(NOW, link + "0")).isEqualTo(Verdict.FORGED);
    }

    @Test
    void aLinkOfAnotherSecretIsForged() {
        SignedLinks others = new SignedLinks("other", () -> URI.create("http://localhost:8090"),
                Clock.fixed(NOW, ZoneOffset.UTC));

        assertThat(judge(NOW, others.link(PATH, Duration.ofMinutes(10)))).isEqualTo(Verdict.FORGED);
    }

    @Test
    void aLinkWithoutASignatureIsUnsigned() {
        assertThat(at(NOW).judge(PATH, null, null)).isEqualTo(Verdict.UNSIGNED);
        assertThat(at(NOW).judge(PATH, "1772359200", null)).isEqualTo(Verdict.UNSIGNED);
    }

    private static Verdict judge(Instant now, String link) {
        URI uri = URI.create(link);
        MultiValueMap<String, String> query = UriComponentsBuilder.fromUri(uri).build().getQueryParams();
        return at(now).judge(SignedLinks.pathOf(uri.getPath()), query.getFirst("expires"), query.getFirst("signature"));
    }

    private static SignedLinks at(Instant now) {
        return new SignedLinks("secret", () -> URI.create("http://localhost:8090"), Clock.fixed(now, ZoneOffset.UTC));
    }
}
