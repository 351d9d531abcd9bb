package app.kulti.recording.infra.local.hms.beam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.kulti.recording.infra.local.hms.movie.MovieFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class LedgerFileTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456789Z");

    @TempDir
    private Path folder;

    @Test
    void aLaterProcessFindsEverythingAgain() {
        Stage.Beam beam = new Stage.Beam("b", NOW);
        Stage.Stop stop = new Stage.Stop(NOW, "client request");
        Asset asset = new Asset("asset", "recording", "s3://bucket/x.mp4",
                new MovieFile("x.mp4", 1, 1L << 40, 3, "\"e\""),
                7, NOW);
        List<Stage> stages = List.of(new Stage.Starting(), new Stage.Running(beam), new Stage.Stopping(null, stop),
                new Stage.PostProcessing(beam, stop), new Stage.Completed(beam, stop, asset),
                new Stage.Failed(null, stop, new Stage.Failure("BEAM_STOPPED", "too early")));
        Room room = new Room("room", "Weekly planning", "", NOW,
                new WebhookTarget(URI.create("http://localhost/hook"), Map.of("x-secret", "s")), Dialect.SIMPLE);
        Session session = new Session("session", "room", NOW, null);
        try (LedgerFile file = open()) {
            file.ledger().put(room);
            file.ledger().put(session);
            for (int i = 0; i < stages.size(); i++) {
                file.ledger().put(new Recording("r" + i, "room", "session", NOW, "peer", Ask.PLAIN,
                        new Plan(1L << 40, 7, "UPLOAD_ERROR"), Recording.Origin.AUTO, NOW, NOW, stages.get(i)));
            }
        }

        try (LedgerFile again = open()) {
            assertThat(again.ledger().room("room")).contains(room);
            assertThat(again.ledger().roomNamed("WEEKLY planning")).contains(room);
            assertThat(again.ledger().openSession("room", NOW)).contains(session);
            assertThat(again.ledger().recordingsOf("room").map(Recording::stage).toList())
                    .containsExactlyElementsOf(stages.reversed());
            assertThat(again.ledger().recordingAt("s3://bucket/x.mp4").flatMap(Recording::asset)).contains(asset);
            assertThat(again.ledger().recordingOfAsset("asset").map(Recording::id)).contains("r4");
        }
    }

    @Test
    void aFileThatCannotBeReadIsNotOverwritten() throws IOException {
        Path file = Files.writeString(folder.resolve("ledger.json"), "{\"rooms\":");

        assertThatThrownBy(this::open).hasMessageContaining(file.toString())
                .hasMessageContaining("move the folder away");
        assertThat(file).hasContent("{\"rooms\":");
    }

    private LedgerFile open() {
        return new LedgerFile(folder.resolve("ledger.json"), JsonMapper.shared());
    }
}
