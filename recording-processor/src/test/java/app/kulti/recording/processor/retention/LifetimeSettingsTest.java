package app.kulti.recording.processor.retention;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.processor.recording.Lifetime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class LifetimeSettingsTest {
    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({LifetimeSettings.class, RetentionSettings.class})
    static class Settings {}

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withUserConfiguration(Settings.class);

    @Test
    void twoHoursAndNinetyDaysUnlessSaidOtherwise() {
        context.run(started -> assertThat(started.getBean(LifetimeSettings.class).lifetime())
                .isEqualTo(new Lifetime(Duration.ofHours(2), Duration.ofDays(90))));
        context.withPropertyValues("kulti.recording.max-duration=45m", "kulti.recording.retention=30d")
                .run(started -> assertThat(started.getBean(LifetimeSettings.class).lifetime())
                        .isEqualTo(new Lifetime(Duration.ofMinutes(45), Duration.ofDays(30))));
    }

    @ParameterizedTest
    @CsvSource({"kulti.recording.max-duration=0s, KULTI_RECORDING_MAXDURATION",
            "kulti.recording.retention=1h, KULTI_RECORDING_RETENTION",
            "kulti.retention.every=0s, KULTI_RETENTION_EVERY",
            "kulti.retention.most=0, KULTI_RETENTION_MOST"})
    void whatMakesNoSenseStopsTheStartByName(String setting, String name) {
        context.withPropertyValues(setting).run(failed -> assertThat(failed).getFailure().rootCause()
                .hasMessageContaining(name));
    }
}
