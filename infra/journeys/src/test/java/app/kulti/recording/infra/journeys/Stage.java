package app.kulti.recording.infra.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.infra.local.run.Caller;
import app.kulti.recording.infra.local.run.Caller.Answer;
import app.kulti.recording.infra.local.run.Credentials;
import app.kulti.recording.infra.local.run.LocalSystem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A live session with its host and a participant, in a 100ms room of its own. */
final class Stage {
    static final Duration LIMIT = Duration.ofSeconds(60);

    final LocalSystem system;
    final UUID session;
    final String room;
    final Caller host;
    final Caller participant;
    final String participantToken;
    final Caller stranger;
    final Caller nobody;
    final Caller hms;

    private Stage(LocalSystem system, String title, String dialect) {
        this.system = system;
        this.hms = new Caller(system.hms(), null);
        this.room = hms.post("/_simulator/rooms", "{\"name\":\"%s\",\"dialect\":\"%s\"}".formatted(title, dialect))
                .text("/id");
        var hostId = UUID.randomUUID();
        var participantId = UUID.randomUUID();
        this.session = system.app().session(title, hostId, room, List.of(participantId));
        this.host = new Caller(system.gateway(), token(hostId));
        this.participantToken = token(participantId);
        this.participant = new Caller(system.gateway(), participantToken);
        this.stranger = new Caller(system.gateway(), token(UUID.randomUUID()));
        this.nobody = new Caller(system.gateway(), null);
    }

    static Stage live(LocalSystem system, String title) {
        return new Stage(system, title, "beam");
    }

    static Stage live(LocalSystem system, String title, String dialect) {
        return new Stage(system, title, dialect);
    }

    Answer start(Caller by) {
        return by.post("/api/hms/start-recording", "{\"sessionId\":\"%s\",\"roomId\":\"%s\"}".formatted(session, room));
    }

    Answer stop(Caller by) {
        return by.post("/api/hms/stop-recording", "{\"sessionId\":\"%s\"}".formatted(session));
    }

    Answer recording(Caller by, String id) {
        return by.get("/api/recordings/" + id);
    }

    /** Starts, waits until 100ms records, lets it film for a moment and stops; returns the recording's id. */
    String film() {
        var started = start(host);
        assertThat(started.status()).as("start: %s", started.json()).isEqualTo(200);
        awaitRunning();
        filmAMoment();
        var stopped = stop(host);
        assertThat(stopped.status()).as("stop: %s", stopped.json()).isEqualTo(200);
        return started.text("/recording/id");
    }

    /** Longer than the simulator's minimum, below which a beam fails as BEAM_STOPPED. */
    void filmAMoment() {
        var filmed = Instant.now().plusSeconds(1);
        await().atMost(LIMIT).until(() -> Instant.now().isAfter(filmed));
    }

    void awaitRunning() {
        await().atMost(LIMIT).until(() -> "running".equals(hmsRecording().text("/recordings/0/status")));
    }

    void awaitStatus(String id, String status) {
        await().atMost(LIMIT).untilAsserted(
                () -> assertThat(recording(host, id).text("/recording/status")).isEqualTo(status));
    }

    void awaitMirrored(String id) {
        await().atMost(LIMIT).untilAsserted(
                () -> assertThat(recording(host, id).text("/recording/metadata/storage")).isEqualTo("supabase"));
    }

    /** The room as 100ms knows it, with all that was recorded in it, newest first. */
    Answer hmsRecording() {
        return hms.get("/_simulator/rooms/" + room);
    }

    /** What 100ms's newest file of this room is: {@code sha256}, {@code size}, {@code url}. */
    Answer hmsFile() {
        return hms.get("/_simulator/recordings/%s/file".formatted(hmsRecording().text("/recordings/0/id")));
    }

    private static String token(UUID user) {
        var now = Instant.now();
        return Credentials.token(user, now, now.plusSeconds(3600));
    }
}
