package app.kulti.recording.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecordingStatusTest {
    @Test
    void theOrderIsTheContracts() {
        assertThat(RecordingStatus.values()).containsExactly(RecordingStatus.RECORDING, RecordingStatus.PROCESSING,
                RecordingStatus.FAILED, RecordingStatus.COMPLETED);
    }

    @Test
    void joiningIsCommutativeIdempotentAndAssociative() {
        for (var a : RecordingStatus.values()) {
            assertThat(a.join(a)).isEqualTo(a);
            for (var b : RecordingStatus.values()) {
                assertThat(a.join(b)).isEqualTo(b.join(a));
                for (var c : RecordingStatus.values()) {
                    assertThat(a.join(b).join(c)).isEqualTo(a.join(b.join(c)));
                }
            }
        }
    }
}
