package app.kulti.recording.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.gateway.App;
import app.kulti.recording.gateway.Gateway;
import app.kulti.recording.gateway.Tokens;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;

/** A command goes out on its topic, and its outcome comes back as the answer. */
class CommandsIT {
    private final UUID host = UUID.randomUUID();
    private final UUID session = Gateway.app().session("Yoga", host);
    private final WebTestClient client = Gateway.shared().as(Tokens.of(host));

    @Test
    void aHostStarts() {
        client.post().uri("/api/hms/start-recording").header("Idempotency-Key", "click-1")
                .header("Content-Type", "application/json").bodyValue(startBody(session, App.roomOf(session)))
                .exchange().expectStatus().isOk()
                .expectHeader().valueEquals("Cache-Control", "private, no-store")
                .expectBody().json("""
                        {"success": true, "recording": {"hmsRecordingId": "hms-recording", "status": "recording"}}""")
                .jsonPath("$.recording.id").isEqualTo(recordingOf("click-1").toString());

        assertThat(Gateway.processor().heardAbout(session)).singleElement()
                .isInstanceOfSatisfying(RecordingCommand.Start.class, start -> {
                    assertThat(start.commandId()).isEqualTo(commandOf("click-1"));
                    assertThat(start.by()).isEqualTo(new UserId(host));
                    assertThat(start.roomId().value()).isEqualTo(App.roomOf(session));
                    assertThat(Duration.between(start.issuedAt(), start.deadline())).isEqualTo(Duration.ofSeconds(20));
                });
    }

    private static String startBody(UUID session, String room) {
        return "{\"sessionId\": \"%s\", \"roomId\": \"%s\"}".formatted(session, room);
    }

    private CommandId commandOf(String key) {
        return CommandId.of(new UserId(host), "POST /api/hms/start-recording", key);
    }

    private RecordingId recordingOf(String key) {
        return RecordingId.startedBy(commandOf(key));
    }
}
