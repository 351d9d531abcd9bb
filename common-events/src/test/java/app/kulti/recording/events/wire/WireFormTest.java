package app.kulti.recording.events.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.kulti.recording.events.MirrorReport;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

class WireFormTest {
    private static final String RECORDING = "33333333-3333-4333-8333-333333333333";
    private final WireForm<MirrorReport> reports = new WireForm<>(Topics.REPORTS);

    @Test
    void aKnownMessageIsRead() {
        var read = reports.read(removed("{\"recordingId\":\"%s\",\"revision\":3}".formatted(RECORDING)).build());
        assertThat(read.message()).isInstanceOfSatisfying(MirrorReport.Removed.class,
                removed -> assertThat(removed.revision()).isEqualTo(3));
    }

    @Test
    void aMissingFieldIsNamedAndNotReadAsNull() {
        unreadable(removed("{\"revision\":3}"), "recordingId");
    }

    @Test
    void aNullWhereNoneMayBeIsNamed() {
        unreadable(removed("{\"recordingId\":null,\"revision\":3}"), "recordingId");
    }

    @Test
    void aMissingNumberIsNotReadAsNought() {
        unreadable(removed("{\"recordingId\":\"%s\"}".formatted(RECORDING)), "revision");
    }

    @Test
    void anUnknownTypeIsSaid() {
        unreadable(removed("{}").withType("kulti.mirror.exploded.v9"), "kulti.mirror.exploded.v9");
    }

    @Test
    void aTypeOfAnotherTopicIsUnknownHere() {
        unreadable(removed("{}").withType("kulti.command.stop.v1"), "unknown on mirror.reports");
    }

    @Test
    void brokenJsonIsUnreadable() {
        unreadable(removed("{\"recordingId\":"), "could not be read");
    }

    @Test
    void theReasonNeverQuotesTheContent() {
        assertThatExceptionOfType(UnreadableMessage.class)
                .isThrownBy(() -> reports.read(removed("{\"recordingId\":\"https://x?signature=secret\"}").build()))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }

    @Test
    void anIdThatIsNoUuidIsUnreadable() {
        unreadable(removed("{}").withId("7"), "ce_id");
    }

    @Test
    void anUnknownWriterIsSaid() {
        unreadable(removed("{}").withSource(URI.create("/elsewhere")), "/elsewhere");
    }

    private void unreadable(CloudEventBuilder event, String because) {
        assertThatExceptionOfType(UnreadableMessage.class).isThrownBy(() -> reports.read(event.build()))
                .withMessageContaining(because);
    }

    private static CloudEventBuilder removed(String json) {
        return CloudEventBuilder.v1().withId(RECORDING).withSource(ServiceName.MIRROR.source())
                .withType("kulti.mirror.removed.v1").withTime(OffsetDateTime.parse("2026-11-22T12:00:00Z"))
                .withData("application/json", json.getBytes(StandardCharsets.UTF_8));
    }
}
