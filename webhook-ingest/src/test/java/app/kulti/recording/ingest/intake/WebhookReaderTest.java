package app.kulti.recording.ingest.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.kulti.recording.events.ids.RoomId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookReaderTest {
    private static final String ROOM = "6183f1a2b3c4d5e6f7a8b9c0";
    private static final String JOB = "61a61f568f1d3c0007a1b2c1";
    private static final String BEAM = "61a61f5a8f1d3c0007a1b2c3";
    private static final String ASSET = "61a61fad8f1d3c0007a1b2d4";

    @ParameterizedTest
    @CsvSource({
            "beam.started.success, beam.started.success, " + JOB,
            "beam.stopped.success, beam.stopped.success, " + JOB,
            "beam.recording.success, beam.recording.success, " + BEAM,
            "beam.failure, beam.failure, " + JOB,
            "recording.success.v1, recording.success,",
            "recording.failed.v1, recording.failed,",
            "hls.recording.success, hls.recording.success, " + BEAM,
            "transcription.success, transcription.success, " + ASSET,
            "peer.join.success, peer.join.success,",
            "recording.started.simple, recording.started, hms_recording_id",
            "recording.stopped.simple, recording.stopped, hms_recording_id",
            "recording.success.simple, recording.success, hms_recording_id",
            "recording.failed.simple, recording.failed, hms_recording_id",
            "recording.success.camel-case, recording.success, hms_recording_id"})
    void typeRoomAndIdOfEverySample(String file, String type, @Nullable String recording) throws IOException {
        try (var sample = Objects.requireNonNull(getClass().getResourceAsStream("/webhooks/" + file + ".json"))) {
            assertThat(WebhookReader.read(sample.readAllBytes()))
                    .isEqualTo(new ReadWebhook(type, new RoomId(ROOM), recording));
        }
    }

    @Test
    void aTypeAloneIsEnough() {
        assertThat(read("{\"type\":\"whatever.comes\"}")).isEqualTo(new ReadWebhook("whatever.comes", null, null));
    }

    @Test
    void theTypeMayComeLast() {
        assertThat(read("""
                {"data":{"rtmp":[{"type":"inner"},[[]]],"beam_id":"b","room_id":"r"},"x":{"type":"x"},"type":"t"}"""))
                .isEqualTo(new ReadWebhook("t", new RoomId("r"), "b"));
    }

    @Test
    void ofANameThatComesTwiceTheLastCounts() {
        assertThat(
                read("""
                {"type":"first","data":{"job_id":"j","room_id":"r"},"type":"last","data":{"beam_id":"a","beam_id":"b"}}"""))
                .isEqualTo(new ReadWebhook("last", null, "b"));
        refuses("{\"type\":\"t\",\"type\":7}", "type is missing or not a string");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "null", "true", "[]", "{\"id\":\"r\"}", "\"\"", "\"  \"", "\"a\\u0000b\""})
    void aRoomOrIdThatIsNoneIsLeftOut(String notAnId) {
        assertThat(read("{\"type\":\"t\",\"data\":{\"room_id\":%s,\"job_id\":%s,\"beam_id\":\"b\"}}".formatted(notAnId,
                notAnId))).isEqualTo(new ReadWebhook("t", null, "b"));
    }

    @Test
    void anIdThatWouldFillTheRecordsHeadersIsLeftOut() {
        assertThat(read("{\"type\":\"t\",\"data\":{\"room_id\":\"%s\"}}".formatted("r".repeat(201))).roomId()).isNull();
        refuses("{\"type\":\"%s\"}".formatted("t".repeat(201)),
                "type must have 1 to 200 characters, none of them a control character");
    }

    @Test
    void dataInsideWinsOverTheEnvelope() {
        assertThat(read("{\"type\":\"t\",\"id\":\"event\",\"roomId\":\"outer\",\"data\":{\"room_id\":\"inner\"}}"))
                .isEqualTo(new ReadWebhook("t", new RoomId("inner"), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "null", "\"type\"", "true"})
    void jsonThatIsNoObjectIsRefused(String json) {
        refuses(json, "the body is not a JSON object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"type\":null}", "{\"type\":7}", "{\"type\":[\"t\"]}",
            "{\"data\":{\"type\":\"t\"}}",
            "{\"Type\":\"t\"}"})
    void anObjectWithoutATypeIsRefused(String json) {
        refuses(json, "type is missing or not a string");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"type\":\"t\"", "{\"type\":\"t\",}", "{'type':'t'}", "{type:\"t\"}",
            "{\"type\":\"t\"]",
            "{\"type\":\"t\",\"n\":01}", "{\"type\":\"t\",\"n\":NaN}", "{\"type\":\"t\"}}", "/**/{\"type\":\"t\"}",
            "{\"type\":\"t\",\"x\":\"\u0001\"}", "{\"type\":\"t\",\"x\":\"\\x\"}", "type=t", "<xml/>"})
    void whatIsNotJsonIsRefusedWhereverItBreaks(String garbage) {
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> read(garbage))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Refusal.Reason.MALFORMED))
                .withMessageMatching("the body is not well-formed JSON \\(line 1, column \\d+\\)");
    }

    @Test
    void nothingMayFollow() {
        refuses("{\"type\":\"t\"} {\"type\":\"t\"}", "something follows the JSON object");
    }

    @Test
    void anEmptyBodyIsRefused() {
        refuses("", "the body is not a JSON object");
        refuses(" \n", "the body is not a JSON object");
    }

    @Test
    void aBombOfNestingIsCut() {
        refuses("{\"type\":\"t\",\"data\":" + "[".repeat(100_000),
                "the JSON is nested deeper than 64 levels or has a number or name that is too long");
        refuses("{\"type\":\"t\",\"data\":" + "{\"a\":".repeat(100_000),
                "the JSON is nested deeper than 64 levels or has a number or name that is too long");
    }

    @Test
    void hugeNumbersAreNotCalculated() {
        assertThat(read("{\"n\":1e999999999,\"m\":-%s,\"type\":\"t\"}".formatted("9".repeat(900))).type())
                .isEqualTo("t");
    }

    @Test
    void aByteOrderMarkIsOverlooked() {
        assertThat(read("\ufeff{\"type\":\"t\"}").type()).isEqualTo("t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c3", "c080", "eda080", "f8a1a1a1a1"})
    void malformedUtf8IsRefusedAlsoInWhatIsSkipped(String hex) throws IOException {
        var body = new ByteArrayOutputStream();
        body.write("{\"type\":\"t\",\"skipped\":\"".getBytes(UTF_8));
        body.write(HexFormat.of().parseHex(hex));
        body.write("\"}".getBytes(UTF_8));

        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> WebhookReader.read(body.toByteArray()))
                .withMessage("the body is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE"})
    void anotherUnicodeThanUtf8IsRefused(String charset) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> WebhookReader.read("{\"type\":\"t\"}".getBytes(Charset.forName(charset))))
                .withMessage("the body is not UTF-8");
    }

    @Test
    void theBodyIsNotQuoted() {
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> read("{\"type\":\"t\",\"url\":s3cret}"))
                .satisfies(refusal -> assertThat(refusal).hasMessageNotContaining("s3cret").hasNoCause());
    }

    private static ReadWebhook read(String json) {
        return WebhookReader.read(json.getBytes(UTF_8));
    }

    private static void refuses(String json, String message) {
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> read(json)).withMessage(message)
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Refusal.Reason.MALFORMED));
    }
}
