package app.kulti.recording.infra.ops.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.kulti.recording.events.ids.RoomId;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawWebhookTest {
    @Test
    void aBodyIsKeptByteForByteAndKeyedAsAtTheDoor() {
        var body = "{ \"type\": \"beam.started.success\", \"id\":\"e\", \"data\": {\"room_id\":\"r1\",\"beam_id\":\"b1\","
                + "\"job_id\":\"j1\"} }";
        var webhook = RawWebhook.read(bytes(body));
        assertThat(new String(webhook.body().bytes(), StandardCharsets.UTF_8)).isEqualTo(body);
        assertThat(webhook.roomId()).isEqualTo(new RoomId("r1"));
        assertThat(webhook.hmsRecordingId()).isEqualTo("j1");
    }

    @Test
    void theSimpleDialectNamesItsRecordingById() {
        assertThat(RawWebhook.read(bytes("{\"type\":\"recording.started\",\"data\":{\"id\":\"x\",\"room_id\":\"r\"}}"))
                .hmsRecordingId()).isEqualTo("x");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"data":{}}      | no type
            {"type":7}       | no type
            []               | no JSON object
            {"type":"x"} {}  | not well-formed
            {"type":         | not well-formed
            """)
    void whatIsNoWebhookIsRefusedWithoutQuotingIt(String body, String words) {
        assertThatThrownBy(() -> RawWebhook.read(bytes(body))).hasMessageContaining(words);
    }

    @Test
    void moreThanTheDoorTakesIsRefused() {
        assertThatThrownBy(() -> RawWebhook.read(new byte[RawWebhook.LARGEST + 1])).hasMessageContaining("256 KiB");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
