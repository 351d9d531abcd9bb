package app.kulti.recording.processor.hms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.processor.advance.Hms;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class HmsSettingsTest {
    private static final Map<String, Object> ENOUGH = Map.of("KULTI_HMS_ACCESSKEY", TestHms.ACCESS_KEY,
            "KULTI_HMS_APPSECRET", TestHms.APP_SECRET);
    private static final String SECRET_PAGE = "https://kulti.app.100ms.live/preview/{roomId}/viewer?auth_token=s3cr3t";

    @Test
    void theCredentialsAreEnough() {
        withEnvironment(Map.of(), context -> {
            assertThat(context).hasSingleBean(Hms.class);
            assertThat(context.getBean(HmsSettings.class)).isEqualTo(new HmsSettings(
                    URI.create("https://api.100ms.live/v2"), TestHms.ACCESS_KEY, TestHms.APP_SECRET, null,
                    new Resolution(1280, 720), false));
        });
    }

    @Test
    void everythingCanComeFromTheEnvironment() {
        withEnvironment(Map.of("KULTI_HMS_BASEURL", "http://simulator:8090/v2", "KULTI_HMS_MEETINGURL", SECRET_PAGE,
                "KULTI_HMS_RESOLUTION", "1080x1920", "KULTI_HMS_TRANSCRIPTION", "true"),
                context -> assertThat(context.getBean(HmsSettings.class)).isEqualTo(new HmsSettings(
                        URI.create("http://simulator:8090/v2"), TestHms.ACCESS_KEY, TestHms.APP_SECRET, SECRET_PAGE,
                        new Resolution(1080, 1920), true)));
    }

    @Test
    void whatIsEmptyIsTheDefault() {
        withEnvironment(Map.of("KULTI_HMS_MEETINGURL", "", "KULTI_HMS_BASEURL", ""),
                context -> assertThat(context.getBean(HmsSettings.class))
                        .returns(null, HmsSettings::meetingUrl)
                        .returns(URI.create("https://api.100ms.live/v2"), HmsSettings::baseUrl));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ACCESSKEY     | ''                                    | kulti.hms.access-key (KULTI_HMS_ACCESSKEY) is missing
            APPSECRET     | ''                                    | kulti.hms.app-secret (KULTI_HMS_APPSECRET) is missing
            APPSECRET     | s3cr3t                                | kulti.hms.app-secret (KULTI_HMS_APPSECRET) is cut short
            BASEURL       | api.100ms.live                        | kulti.hms.base-url (KULTI_HMS_BASEURL) must be
            BASEURL       | ftp://api.100ms.live/v2               | kulti.hms.base-url (KULTI_HMS_BASEURL) must be
            BASEURL       | https://u:s3cr3t@api.100ms.live/v2    | kulti.hms.base-url (KULTI_HMS_BASEURL) must be
            MEETINGURL    | https://k.app.100ms.live/x?t=s3cr3t   | kulti.hms.meeting-url (KULTI_HMS_MEETINGURL) must be
            MEETINGURL    | k.app.100ms.live/{roomId}?t=s3cr3t    | kulti.hms.meeting-url (KULTI_HMS_MEETINGURL) must be
            MEETINGURL    | https://k/{roomId}?t=s3cr3t {x}       | kulti.hms.meeting-url (KULTI_HMS_MEETINGURL) must be
            RESOLUTION    | ''                                    | "" is not of the form 1280x720
            RESOLUTION    | 1280*720                              | "1280*720" is not of the form 1280x720
            RESOLUTION    | 1920x1200                             | 1920x1200 is outside what 100ms takes
            """)
    void whatIsMissingOrWrongStopsTheStartByName(String name, String value, String message) {
        withEnvironment(Map.of("KULTI_HMS_" + name, value), context -> assertThat(
                Throwables.getStackTrace(assertThat(context).getFailure().actual())).contains(message)
                .doesNotContain("s3cr3t"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"500x480", "1920x1080", "1080x1920", "1280x720"})
    void whatever100msTakesIsTaken(String resolution) {
        assertThat(Resolution.of(resolution)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"499x480", "500x479", "1921x720", "720x1921", "1081x1081", "1280x", "-1280x720",
            "99999x720", ""})
    void whateverItDoesNotTakeIsNot(String resolution) {
        assertThatIllegalArgumentException().isThrownBy(() -> Resolution.of(resolution))
                .withMessageContaining(resolution);
    }

    @Test
    void thePageIsTheRooms() {
        var settings = TestHms.settings(URI.create("https://api.100ms.live/v2"), SECRET_PAGE);

        assertThat(settings.meetingUrlOf(new RoomId("6423")))
                .isEqualTo("https://kulti.app.100ms.live/preview/6423/viewer?auth_token=s3cr3t");
    }

    @Test
    void itsTextFormTellsNoSecret() {
        assertThat(TestHms.settings(URI.create("https://api.100ms.live/v2"), SECRET_PAGE).toString())
                .doesNotContain(TestHms.APP_SECRET, "s3cr3t").contains(TestHms.ACCESS_KEY);
    }

    private static void withEnvironment(Map<String, Object> more,
            ContextConsumer<AssertableApplicationContext> check) {
        var environment = new HashMap<>(ENOUGH);
        environment.putAll(more);
        new ApplicationContextRunner()
                .withInitializer(context -> context.getEnvironment().getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", environment)))
                .withConfiguration(AutoConfigurations.of(WebClientAutoConfiguration.class,
                        ReactiveHttpClientAutoConfiguration.class))
                .withUserConfiguration(HmsConfiguration.class, ClockAndIds.class)
                .run(check);
    }

    @Configuration(proxyBeanMethods = false)
    static class ClockAndIds {
        @Bean
        InstantSource clock() {
            return InstantSource.system();
        }

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        Supplier<UUID> ids() {
            return UUID::randomUUID;
        }
    }
}
