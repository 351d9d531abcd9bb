package app.kulti.recording.infra.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaksTest {
    private final Leaks leaks = new Leaks(Set.of("s3cr3t"));

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"message\":\"reading https://b.s3.amazonaws.com/a.mp4?X-Amz-Signature=0a1b\"}",
            "GET /files/1.mp4?Expires=1&Signature=abc",
            "?auth_token=abc", "token=0123", "Authorization: Bearer 0123456789abcdef0",
            "the management token eyJhbGciOiJIUzI1NiJ9.eyJ0eXBlIjoibWFuYWdlbWVudCJ9.c2ln",
            "{\"body\":\"{\\\"meeting_url\\\":\\\"https://k.example/preview/1\\\"}\"}",
            "Start[meetingUrl=https://k.example/preview/1]",
            "GET /share/Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE", "https://kulti.app.100ms.live/meeting/abc-defg",
            "connecting with s3cr3t"})
    void findsAPlantedOne(String line) {
        assertThat(leaks.in(line)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"message\":\"reading https://b.s3.amazonaws.com/a.mp4?[redacted]\",\"traceId\":\"0af7651916cd43dd\"}",
            "X-Amz-Signature=[redacted]&x=1", "\"meeting_url\":\"[redacted]\"", "GET /share/[redacted]",
            "GET /share/{token}",
            "HmsSettings[accessKey=a, meetingUrl=configured]", "Authorization: Bearer [redacted]"})
    void leavesTheRestAlone(String line) {
        assertThat(leaks.in(line)).isEmpty();
    }
}
