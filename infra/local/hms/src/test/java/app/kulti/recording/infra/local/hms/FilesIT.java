package app.kulti.recording.infra.local.hms;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class FilesIT {
    private static RunningSimulator hms;

    @BeforeAll
    static void begin(@TempDir Path data) {
        hms = new RunningSimulator(data);
    }

    @AfterAll
    static void end() {
        hms.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"seconds\":3}", "{\"bytes\":3000000}"})
    void aFileIsServedWholeAndInParts(String filing) throws Exception {
        JsonNode file = file(filing);
        String url = file.path("url").stringValue();

        HttpResponse<byte[]> whole = hms.fetch(url);
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.headers().firstValue("Content-Type")).hasValue("video/mp4");
        assertThat(whole.headers().firstValue("Accept-Ranges")).hasValue("bytes");
        assertThat(whole.headers().firstValue("ETag")).hasValue(file.path("etag").stringValue());
        assertThat(whole.headers().firstValueAsLong("Content-Length")).hasValue(file.path("size").longValue());
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(whole.body())))
                .isEqualTo(file.path("sha256").stringValue());

        int size = whole.body().length;
        HttpResponse<byte[]> part = hms.fetch(url, "Range", "bytes=1000-" + (size - 2));
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 1000-%d/%d".formatted(size - 2, size));
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole.body(), 1000, size - 1));
    }

    @Test
    void headTellsTheLengthOfAFileThatNoDiskWouldHold() {
        long terabyte = 1L << 40;
        String room = hms.room();
        String assetId = hms.finished(room, "{\"bytes\":%d}".formatted(terabyte)).path("assetId").stringValue();
        String url = hms.get("/v2/recording-assets/" + assetId + "/presigned-url").json().path("url").stringValue();

        HttpResponse<byte[]> head = hms.send("HEAD", URI.create(url), "");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(terabyte);
        assertThat(head.body()).isEmpty();
        HttpResponse<byte[]> tail = hms.fetch(url, "Range", "bytes=-1000");
        assertThat(tail.statusCode()).isEqualTo(206);
        assertThat(tail.body()).hasSize(1000);
    }

    @Test
    void aRangeOutsideTheFileIsRefusedWithItsSize() {
        JsonNode file = file("{}");

        HttpResponse<byte[]> refused = hms.fetch(file.path("url").stringValue(), "Range",
                "bytes=" + file.path("size").longValue() + "-");
        assertThat(refused.statusCode()).isEqualTo(416);
        assertThat(refused.headers().firstValue("Content-Range")).hasValue("bytes */" + file.path("size").longValue());
    }

    @Test
    void aRangeOfAnotherVersionGetsTheWhole() {
        JsonNode file = file("{}");
        String url = file.path("url").stringValue();

        assertThat(hms.fetch(url, "Range", "bytes=0-9", "If-Range", file.path("etag").stringValue()).statusCode())
                .isEqualTo(206);
        assertThat(hms.fetch(url, "Range", "bytes=0-9", "If-Range", "\"other\"").statusCode()).isEqualTo(200);
        String date = hms.fetch(url).headers().firstValue("Last-Modified").orElseThrow();
        assertThat(hms.fetch(url, "Range", "bytes=0-9", "If-Range", date).statusCode()).isEqualTo(206);
    }

    @Test
    void aReaderWhoHasItNeedNotReadItAgain() {
        JsonNode file = file("{}");

        HttpResponse<byte[]> unchanged = hms.fetch(file.path("url").stringValue(), "If-None-Match",
                file.path("etag").stringValue());
        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(hms.fetch(file.path("url").stringValue(), "If-Match", "\"other\"").statusCode()).isEqualTo(412);
    }

    @Test
    void aForgedOrUnsignedLinkIsRefused() {
        String url = file("{}").path("url").stringValue();

        assertRefused(hms.fetch(url.replaceAll("signature=.*", "signature=00")), 403, "SignatureDoesNotMatch");
        assertRefused(hms.fetch(url.replaceAll("\\?.*", "")), 403, "AccessDenied");
        assertRefused(hms.fetch(url.replaceAll("expires=\\d+", "expires=1")), 403, "SignatureDoesNotMatch");
    }

    @Test
    void aLargeFilesShaIsComputedOnlyWhenAsked() {
        String room = hms.room();
        String id = hms.finished(room, "{\"bytes\":20000000}").path("id").stringValue();

        assertThat(hms.file(id).path("sha256").isNull()).isTrue();
        assertThat(hms.file(id).path("crc32c").stringValue()).matches("[0-9a-f]{8}");
        assertThat(hms.call("GET", "/_simulator/recordings/" + id + "/file?sha256=true", "").json().path("sha256")
                .stringValue()).matches("[0-9a-f]{64}");
    }

    private static JsonNode file(String filing) {
        return hms.file(hms.finished(hms.room(), filing).path("id").stringValue());
    }

    private static void assertRefused(HttpResponse<byte[]> answer, int status, String code) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/xml");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("<Code>" + code + "</Code>");
    }
}
