package app.kulti.recording.infra.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A participant's page knows what the host has done, without asking. */
class LiveIT {
    @Test
    void aParticipantSeesWithinASecondThatItRecordsAndThenAllThatFollows() {
        var stage = Stage.live(RunningSystem.shared(), "Live");
        try (var events = EventStream.open(stage.system.gateway(), stage.participantToken)) {
            var started = stage.start(stage.host);
            var answeredAt = Instant.now();
            assertThat(started.status()).as("start: %s", started.json()).isEqualTo(200);
            var id = started.text("/recording/id");

            var recording = events.await(seen -> seen.is("recording"));
            assertThat(recording.recording().path("id").asString()).isEqualTo(id);
            assertThat(recording.at()).isBefore(answeredAt.plusSeconds(1));

            stage.awaitRunning();
            stage.filmAMoment();
            assertThat(stage.stop(stage.host).status()).isEqualTo(200);
            events.await(seen -> seen.is("processing"));
            events.await(seen -> seen.is("completed"));
            events.await(seen -> seen.recording().path("mirrored").asBoolean(false));

            assertThat(stage.host.delete("/api/recordings/" + id).status()).isEqualTo(200);
            events.await(seen -> seen.recording().path("deleted").asBoolean(false));
        }
    }
}
