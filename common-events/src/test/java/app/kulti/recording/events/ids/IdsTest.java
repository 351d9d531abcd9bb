package app.kulti.recording.events.ids;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class IdsTest {
    private static final UserId HOST = UserId.of("11111111-1111-4111-8111-111111111111");

    @Test
    void aRetryWithTheSameKeyIsTheSameCommandAndTheSameRecording() {
        var first = CommandId.of(HOST, "start-recording", "click-1");
        var retry = CommandId.of(HOST, "start-recording", "click-1");
        assertThat(retry).isEqualTo(first);
        assertThat(RecordingId.startedBy(retry)).isEqualTo(RecordingId.startedBy(first));
    }

    @Test
    void anotherRouteOrKeyIsAnotherCommand() {
        assertThat(CommandId.of(HOST, "start-recording", "click-1"))
                .isNotEqualTo(CommandId.of(HOST, "stop-recording", "click-1"))
                .isNotEqualTo(CommandId.of(HOST, "start-recording", "click-2"));
    }

    @Test
    void partsDoNotRunIntoEachOther() {
        assertThat(CommandId.of(HOST, "a", "bc")).isNotEqualTo(CommandId.of(HOST, "ab", "c"));
    }

    @Test
    void equalBytesAreTheSameEvent() {
        var body = "{\"type\":\"beam.started.success\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(EventId.ofBody(body.clone())).isEqualTo(EventId.ofBody(body));
    }

    @Test
    void derivedIdsNeverChange() {
        // Written down: a changed namespace would cut every replay off from what it replays.
        assertThat(RecordingId.adopting("beam", "6425320e94091a5af8414563"))
                .hasToString("f2911126-e728-58a6-9f6c-061fa3420bcf");
        assertThat(EventId.ofBody("{}".getBytes(StandardCharsets.UTF_8)))
                .hasToString("fea1e19f-88f4-53e6-aacd-2237d0421940");
        assertThat(EventId.ofBody("{}".getBytes(StandardCharsets.UTF_8)).value().version()).isEqualTo(5);
    }
}
