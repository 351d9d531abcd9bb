package app.kulti.recording.infra.observability;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            GET https://b.s3.amazonaws.com/a/b.mp4?X-Amz-Signature=abc&x=1 failed | GET https://b.s3.amazonaws.com/a/b.mp4?[redacted] failed
            GET /a/b.mp4?X-Amz-Credential=AK%2F1&X-Amz-Signature=abc&part=2       | GET /a/b.mp4?X-Amz-Credential=[redacted]&X-Amz-Signature=[redacted]&part=2
            read (https://h:8443/x#access_token=abc) now                          | read (https://h:8443/x?[redacted] now
            s3://bucket/prefix/a.mp4?token=abc                                    | s3://bucket/prefix/a.mp4?[redacted]
            Authorization: Bearer abcdefgh.ijk-l_m                                | Authorization: Bearer [redacted]
            authorization=[bearer abcdefghijkl]                                   | authorization=[bearer [redacted]]
            the token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig_-1 is old          | the token [redacted] is old
            unsigned eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.                         | unsigned [redacted]
            {"meeting_url":"https://k.example/preview/1","id":"7"}                | {"meeting_url":"[redacted]","id":"7"}
            Start[meetingUrl=https://k.example/preview/1, width=1280]             | Start[meetingUrl=[redacted], width=1280]
            hms_meeting_url: 'https://k.example/preview/1'                        | hms_meeting_url: '[redacted]'
            opening https://kulti.app.100ms.live/meeting/abc-defg-hij             | opening https://kulti.app.100ms.live[redacted]
            POST /hook?auth_token=abc&room=1                                      | POST /hook?auth_token=[redacted]&room=1
            GET /share/Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE failed            | GET /share/[redacted] failed
            https://k.example/share/Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE   | https://k.example/share/[redacted]
            price $1 at https://x/y?a=$2                                          | price $1 at https://x/y?[redacted]
            """)
    void takesOut(String text, String redacted) {
        assertThat(Redaction.redact(text)).isEqualTo(redacted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "recording 5f1c is completed",
            "GET https://api.100ms.live/v2/recordings/5f1c answered 404",
            "bucket=recordings, key=a/b.mp4, tokens=3", "he is the bearer of news", "/usr/share/java/lib.jar",
            "GET /share/{token}", "Set-Cookie: none",
            "postgresql://localhost:5432/kulti"})
    void leavesAlone(String text) {
        assertThat(Redaction.redact(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eyJ", "eyJ.", "http://", "a://?", "bearer ", "meeting_url=", "token=", "x-amz-", "h", "a.",
            "-", "bearer", "eyJa.",
            "https://a.app.100ms.live", "/share/", "/share/a"})
    void aHostileTextCostsNoMoreThanAnother(String again) {
        var text = again.repeat(200_000 / again.length());

        assertTimeoutPreemptively(ofSeconds(5), () -> Redaction.redact(text + "=://eyJ"));
    }

    @Test
    void whatIsRedactedStaysAsItIs() {
        var once = Redaction.redact("GET https://x/y?sig=1 with Bearer abcdefghijk, meeting_url=https://z/1");

        assertThat(Redaction.redact(once)).isEqualTo(once);
    }
}
