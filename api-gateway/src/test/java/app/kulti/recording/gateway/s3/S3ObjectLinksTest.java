package app.kulti.recording.gateway.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class S3ObjectLinksTest {
    private final StorageSettings settings = new StorageSettings(
            URI.create("https://ref.storage.supabase.co/storage/v1/s3"), "eu-central-1", "access", "secret",
            "recordings");
    private final S3ObjectLinks links = new S3ObjectLinks(settings, Clock.systemUTC());

    @ParameterizedTest
    @CsvSource({"session/recording.mp4, ",
            "a b/ü+1%.mp4, attachment; filename=\"x y.mp4\"; filename*=UTF-8''%C3%A9.mp4"})
    void itIsTheOneThatTheSdkSigns(String key, @Nullable String disposition) {
        try (var sdk = S3Presigner.builder().endpointOverride(settings.endpoint()).region(Region.of(settings.region()))
                .credentialsProvider(() -> AwsBasicCredentials.create("access", "secret"))
                .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build()).build()) {
            var theirs = sdk.presignGetObject(link -> link.signatureDuration(Duration.ofHours(2))
                    .getObjectRequest(get -> get.bucket("recordings").key(key).responseContentType("video/mp4")
                            .responseContentDisposition(disposition)));
            var sameTime = Clock.fixed(theirs.expiration().minus(Duration.ofHours(2)), ZoneOffset.UTC);
            var ours = new S3ObjectLinks(settings, sameTime).to(key, Duration.ofHours(2), disposition);

            assertThat(parts(ours.url().uri())).containsExactlyInAnyOrderElementsOf(
                    parts(URI.create(theirs.url().toString())));
            assertThat(ours.expiresAt()).isEqualTo(theirs.expiration());
        }
    }

    private static List<String> parts(URI link) {
        return List.of(link.toString().split("[?&]", -1));
    }

    @Test
    void aSlashAtTheEndOfTheEndpointIsNoFolder() {
        var other = new StorageSettings(URI.create("http://127.0.0.1:9000/"), "local", "access", "secret",
                "recordings");
        assertThat(new S3ObjectLinks(other, Clock.systemUTC()).to("a.mp4", Duration.ofHours(1), null).url().uri()
                .toString()).startsWith("http://127.0.0.1:9000/recordings/a.mp4?");
    }

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
