package app.kulti.recording.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnrelatedFamiliesTest {
    @ParameterizedTest
    @ValueSource(strings = {"peer.join.success", "peer.leave.failure", "session.open.success", "session.close.success",
            "room.end.success", "role.change.success", "ingest.started.success", "peer"})
    void theyAreNoRecordingsBusiness(String type) {
        assertThat(UnrelatedFamilies.include(new ReadWebhook(type, null, null))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"beam.started.success", "recording.success", "hls.failure", "track.recording.success",
            "stream.recording.failure", "transcription.success", "peering.success", "rooms", "something.new", ".peer",
            "PEER.join.success"})
    void everythingElseIsPublishedKnownOrNot(String type) {
        assertThat(UnrelatedFamilies.include(new ReadWebhook(type, null, null))).isFalse();
    }
}
