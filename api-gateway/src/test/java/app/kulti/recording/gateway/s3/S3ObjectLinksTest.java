package app.kulti.recording.gateway.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class S3ObjectLinksTest {
    private final StorageSettings settings = new StorageSettings(
            URI.create("https://ref.storage.supabase.co/storage/v1/s3"), "eu-central-1", "access", "secret",
            "recordings");
    private final S3ObjectLinks links = new S3ObjectLinks(settings.presigner(), settings.bucket());

    @Test
    void aLinkIsBelowTheEndpointByPathAndReadsAFilm() {
        var link = links.to("session/recording.mp4", Duration.ofHours(2), null);
        assertThat(link.url().uri().toString())
                .startsWith("https://ref.storage.supabase.co/storage/v1/s3/recordings/session/recording.mp4?")
                .contains("response-content-type=video%2Fmp4", "X-Amz-Expires=7200", "X-Amz-Signature=",
                        "%2Feu-central-1%2Fs3%2Faws4_request")
                .doesNotContain("secret", "response-content-disposition");
        assertThat(link.expiresAt()).isBetween(Instant.now().plusSeconds(7100), Instant.now().plusSeconds(7300));
    }

    /** A browser sends what it likes: whatever else were signed, it could not be sent by a link. */
    @Test
    void onlyTheHostIsSigned() {
        assertThat(links.to("a.mp4", Duration.ofHours(1), null).url().uri().getRawQuery())
                .contains("X-Amz-SignedHeaders=host&").doesNotContain("checksum");
    }

    @Test
    void aDownloadBringsItsName() {
        assertThat(links.to("a.mp4", Duration.ofHours(1), "attachment; filename=\"x.mp4\"").url().uri().getRawQuery())
                .contains("response-content-disposition=attachment%3B%20filename%3D%22x.mp4%22");
    }

    @Test
    void neitherKeysNorSignaturesAreShown() {
        assertThat(settings.toString()).doesNotContain("secret", "access");
        assertThat(links.to("a.mp4", Duration.ofHours(1), null).toString()).doesNotContain("Signature");
    }
}
