package app.kulti.recording.infra.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.infra.local.run.Caller;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the host's click to the deleted object, over the real jars, in both dialects of 100ms's webhooks. */
class TheWholeWayIT {
    @ParameterizedTest
    @ValueSource(strings = {"beam", "simple"})
    void aRecordingIsMadeMirroredPlayedAndDeleted(String dialect) throws Exception {
        var stage = Stage.live(RunningSystem.shared(), "Whole way, " + dialect, dialect);

        var id = stage.film();
        stage.awaitStatus(id, "completed");
        stage.awaitMirrored(id);

        var url = playbackUrl(stage, id);
        var film = new Caller(stage.system.gateway(), null).get(url).raw().body();
        assertThat(sha256(film)).isEqualTo(stage.hmsFile().text("/sha256"));
        aRangeOfItPlays(stage, url, film);

        var deleted = stage.host.delete("/api/recordings/" + id);
        assertThat(deleted.status()).as("delete: %s", deleted.json()).isEqualTo(200);
        assertThat(stage.recording(stage.host, id).status()).isEqualTo(404);
        await().atMost(Stage.LIMIT).untilAsserted(
                () -> assertThat(new Caller(stage.system.gateway(), null).get(url).status()).isEqualTo(404));
    }

    private static void aRangeOfItPlays(Stage stage, String url, byte[] film) {
        var part = new Caller(stage.system.gateway(), null).get(url, "Range", "bytes=100-299");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.raw().body()).isEqualTo(Arrays.copyOfRange(film, 100, 300));
    }

    private static String playbackUrl(Stage stage, String id) {
        var redirect = stage.participant.get("/api/recordings/%s/playback".formatted(id));
        assertThat(redirect.status()).isEqualTo(302);
        return redirect.raw().headers().firstValue("Location").orElseThrow();
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
