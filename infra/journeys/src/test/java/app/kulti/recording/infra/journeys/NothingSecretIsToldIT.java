package app.kulti.recording.infra.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.infra.local.run.Caller;
import app.kulti.recording.infra.local.run.Credentials;
import app.kulti.recording.infra.local.run.Service;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** After all other journeys, and one that has everything in it that nobody may see. */
@Order(Integer.MAX_VALUE)
class NothingSecretIsToldIT {
    private static Stage stage;
    private static Leaks leaks;

    @BeforeAll
    static void aRecordingIsMadePlayedAndShared() {
        stage = Stage.live(RunningSystem.shared(), "Nothing secret");
        var id = stage.film();
        stage.awaitMirrored(id);
        var playback = URI.create(stage.host.get("/api/recordings/%s/playback".formatted(id)).raw().headers()
                .firstValue("Location").orElseThrow());
        var share = stage.host.post("/api/recordings/%s/shares".formatted(id), "{\"expiresInHours\":1}");
        assertThat(share.status()).as("%s", share.json()).isEqualTo(201);
        var link = share.text("/url");
        var token = link.substring(link.lastIndexOf('/') + 1);
        assertThat(token).hasSizeGreaterThan(32);
        var gateway = new Caller(stage.system.gateway(), null);
        assertThat(gateway.get("/share/" + token).status()).isEqualTo(302);
        assertThat(gateway.get("/share/" + token.toUpperCase(Locale.ROOT)).status()).isEqualTo(404);
        assertThat(gateway.get("/api/recordings/list?access_token=" + stage.participantToken).status()).isEqualTo(401);
        leaks = new Leaks(Set.of(token, stage.participantToken, playback.getRawQuery(), RunningSystem.MEETING_KEY,
                Credentials.JWT_SECRET, Credentials.WEBHOOK_SECRET,
                stage.system.operatorsEnvironment().get("KULTI_HMS_APPSECRET")));
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void inALog(Service service) throws IOException {
        try (var lines = Files.lines(stage.system.logs().resolve(service.module() + ".log"))) {
            assertThat(lines).isNotEmpty().allSatisfy(line -> assertThat(leaks.in(line)).as(line).isEmpty());
        }
    }

    @Test
    void inATrace() {
        RunningSystem.spans().await("the open share", span -> span.name().contains("/share/"));

        assertThat(RunningSystem.spans().all())
                .allSatisfy(span -> assertThat(leaks.in(span.told())).as(span.told()).isEmpty());
    }
}
