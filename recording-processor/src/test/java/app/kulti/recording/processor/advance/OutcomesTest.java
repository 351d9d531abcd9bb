package app.kulti.recording.processor.advance;

import static app.kulti.recording.processor.advance.House.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.processor.advance.House.Message;
import org.junit.jupiter.api.Test;

class OutcomesTest {
    private final House house = new House();

    @Test
    void aFilmIsCountedOnceHoweverOftenItIsTold() {
        house.hears(told("beam.started.success", ""));
        assertThat(finished("completed", "none")).isZero();

        house.hears(told("beam.stopped.success", ",\"duration\":60"));
        house.now = NOON.plusSeconds(300);
        house.hears(told("beam.recording.success", ",\"recording_path\":\"s3://hms/a.mp4\",\"size\":9"));
        house.hears(told("beam.recording.success", ",\"recording_path\":\"s3://hms/a.mp4\",\"size\":9"));

        assertThat(finished("completed", "none")).isEqualTo(1);
        assertThat(house.meters.get("kulti.recordings.processing").timer().count()).isEqualTo(1);
    }

    @Test
    void aFailureIsCountedByTheWordOf100msAndByNoOther() {
        house.hears(told("beam.started.success", ""));
        house.hears(told("beam.failure", ",\"error_type\":\"UPLOAD_ERROR\""));

        assertThat(finished("failed", "UPLOAD_ERROR")).isEqualTo(1);

        var other = new House();
        other.hears(told("beam.started.success", ""));
        other.hears(told("beam.failure", ",\"error_type\":\"no such thing as 4711\""));

        assertThat(other.meters.get("kulti.recordings.finished").tags("outcome", "failed", "reason", "other")
                .counter().count()).isEqualTo(1);
    }

    private double finished(String outcome, String reason) {
        return house.meters.get("kulti.recordings.finished").tags("outcome", outcome, "reason", reason).counter()
                .count();
    }

    private static Message told(String type, String fields) {
        return Message.webhook(type, """
                {"type":"%s","timestamp":"%s","data":{"beam_id":"beam-1","room_id":"room-1","session_id":"hms-1"%s}}"""
                .formatted(type, NOON.plusSeconds(60), fields));
    }
}
