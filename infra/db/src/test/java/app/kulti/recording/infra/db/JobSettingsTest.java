package app.kulti.recording.infra.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobSettingsTest {

    private final Map<String, String> environment = new HashMap<>(Map.of(
            "SPRING_DATASOURCE_URL", "jdbc:postgresql://db:5432/postgres",
            "SPRING_DATASOURCE_PASSWORD", "secret"));

    @Test
    void urlAndPasswordAreEnough() {
        var settings = JobSettings.from(environment);

        assertThat(settings.username()).isEqualTo("kulti_owner");
        assertThat(settings.patience()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.passwords()).isEmpty();
    }

    @Test
    void whatIsMissingOrWrongIsToldAllAtOnceWithItsMend() {
        environment.put("SPRING_DATASOURCE_URL", "postgres://kulti:secret@db/postgres");
        environment.put("SPRING_DATASOURCE_PASSWORD", " ");
        environment.put("KULTI_DB_WAIT", "a while");

        assertThatThrownBy(() -> JobSettings.from(environment)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SPRING_DATASOURCE_URL is not of the form jdbc:postgresql://")
                .hasMessageContaining("SPRING_DATASOURCE_PASSWORD is not set: the password of kulti_owner")
                .hasMessageContaining("KULTI_DB_WAIT is 'a while', but should be a duration")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"90s", "1m30s", "PT1M30S"})
    void aDurationMayBeWrittenShort(String value) {
        environment.put("KULTI_DB_WAIT", value);

        assertThat(JobSettings.from(environment).patience()).isEqualTo(Duration.ofSeconds(90));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1s", "2h", "90", "PT99999999999999999999H"})
    void aWaitIsBounded(String value) {
        environment.put("KULTI_DB_WAIT", value);

        assertThatThrownBy(() -> JobSettings.from(environment)).hasMessageContaining("KULTI_DB_WAIT");
    }

    @Test
    void passwordsAreForThoseLoginsThatAreNamedAndAreNeverShown() {
        environment.put("KULTI_DB_GATEWAYPASSWORD", "gateway-secret");
        environment.put("KULTI_DB_OPSPASSWORD", "");

        var settings = JobSettings.from(environment);

        assertThat(settings.passwords()).containsOnly(Map.entry(Login.GATEWAY, "gateway-secret"));
        assertThat(settings.toString()).doesNotContain("secret");
    }
}
