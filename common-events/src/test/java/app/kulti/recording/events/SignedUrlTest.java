package app.kulti.recording.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class SignedUrlTest {
    @Test
    void itsTextFormLeavesTheSignatureOut() {
        var url = new SignedUrl(URI.create("https://files.example/a.mp4?X-Amz-Signature=secret#part"));
        assertThat(url).hasToString("https://files.example/a.mp4");
        assertThat(new RecordingSource(null, null, url, null, null, null, null, null).toString())
                .doesNotContain("secret");
    }

    @Test
    void aFragmentAloneIsLeftOutToo() {
        assertThat(new SignedUrl(URI.create("https://files.example/a.mp4#token=secret")))
                .hasToString("https://files.example/a.mp4");
    }

    @Test
    void aSourceIsKnownByItsAssetThenItsPathThenItsAddress() {
        var url = new SignedUrl(URI.create("https://files.example/a.mp4?signature=secret"));
        assertThat(new RecordingSource("asset", "s3://a", url, null, null, null, null, null).identity())
                .isEqualTo("asset");
        assertThat(new RecordingSource(null, "s3://a", url, null, null, null, null, null).identity())
                .isEqualTo("s3://a");
        assertThat(new RecordingSource(null, null, url, null, null, null, null, null).identity())
                .isEqualTo("https://files.example/a.mp4");
    }
}
