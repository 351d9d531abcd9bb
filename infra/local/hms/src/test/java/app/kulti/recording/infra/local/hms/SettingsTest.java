package app.kulti.recording.infra.local.hms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.kulti.recording.infra.local.hms.beam.TimingSettings;
import app.kulti.recording.infra.local.hms.movie.PictureSettings;
import app.kulti.recording.infra.local.hms.webhook.WebhookSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class SettingsTest {

    @Test
    void nothingHasToBeSet() {
        assertThat(bound(SimulatorSettings.class, "kulti.simulator", Map.of()).maxRecordings()).isEqualTo(20_000);
        assertThat(bound(TimingSettings.class, "kulti.simulator.timing", Map.of()).maximum())
                .isEqualTo(Duration.ofHours(4));
        assertThat(bound(WebhookSettings.class, "kulti.simulator.webhook", Map.of()).retries())
                .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @CsvSource({"kulti.simulator.app-secret, short, KULTI_SIMULATOR_APPSECRET",
            "kulti.simulator.access-key, '', KULTI_SIMULATOR_ACCESSKEY",
            "kulti.simulator.max-recordings, 0, kulti.simulator.max-recordings"})
    void aBadValueIsRefusedByItsName(String name, String value, String named) {
        assertThatThrownBy(() -> bound(SimulatorSettings.class, "kulti.simulator", Map.of(name, value))).rootCause()
                .hasMessageContaining(named);
    }

    @Test
    void aBadPictureTimeOrUrlIsRefusedByItsName() {
        assertThatThrownBy(() -> bound(PictureSettings.class, "kulti.simulator.picture",
                Map.of("kulti.simulator.picture.width", "99999"))).rootCause()
                .hasMessageContaining("kulti.simulator.picture.width");
        assertThatThrownBy(() -> bound(TimingSettings.class, "kulti.simulator.timing",
                Map.of("kulti.simulator.timing.start", "-1s"))).rootCause()
                .hasMessageContaining("kulti.simulator.timing.start");
        assertThatThrownBy(() -> bound(WebhookSettings.class, "kulti.simulator.webhook",
                Map.of("kulti.simulator.webhook.url", "localhost"))).rootCause()
                .hasMessageContaining("kulti.simulator.webhook.url");
    }

    @Test
    void aSecretHeaderIsAnEnvironmentVariable() {
        var environment = new SystemEnvironmentPropertySource("systemEnvironment",
                Map.of("KULTI_SIMULATOR_WEBHOOK_HEADERS_x-kulti-webhook-secret", "s"));
        var settings = new Binder(Objects.requireNonNull(ConfigurationPropertySource.from(environment))).bindOrCreate(
                "kulti.simulator.webhook",
                WebhookSettings.class);

        assertThat(settings.headers()).containsExactly(Map.entry("x-kulti-webhook-secret", "s"));
    }

    private static <T> T bound(Class<T> type, String prefix, Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(prefix, type);
    }
}
