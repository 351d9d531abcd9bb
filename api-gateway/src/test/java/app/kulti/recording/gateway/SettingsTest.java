package app.kulti.recording.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A setting that is missing or wrong stops the service, and its name is told as an operator sets it. */
@ExtendWith(OutputCaptureExtension.class)
class SettingsTest {
    private static final String[] COMPLETE = {"server.port=0", "management.server.port=0",
            "spring.kafka.bootstrap-servers=127.0.0.1:1", "spring.r2dbc.url=r2dbc:postgresql://127.0.0.1:1/kulti",
            "spring.r2dbc.password=password", "kulti.auth.jwt-secret=" + Tokens.SECRET,
            "kulti.storage.endpoint=https://storage.test", "kulti.storage.region=eu-central-1",
            "kulti.storage.access-key=access", "kulti.storage.secret-key=secret"};

    /** Each row: what is left out, and what must be named. */
    @ParameterizedTest
    @CsvSource({
            "spring.kafka, SPRING_KAFKA_BOOTSTRAP_SERVERS",
            "spring.r2dbc, SPRING_R2DBC_URL SPRING_R2DBC_PASSWORD",
            "kulti.auth, KULTI_AUTH_JWTSECRET KULTI_AUTH_JWKSURI",
            "kulti.storage, KULTI_STORAGE_ENDPOINT KULTI_STORAGE_REGION KULTI_STORAGE_ACCESSKEY KULTI_STORAGE_SECRETKEY"})
    void whatIsMissingIsNamed(String leftOut, String named, CapturedOutput output) {
        stops(Arrays.stream(COMPLETE).filter(given -> !given.startsWith(leftOut)));
        assertThat(output).contains("APPLICATION FAILED TO START").contains(named.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
            "spring.r2dbc.url=jdbc:postgresql://127.0.0.1/kulti, SPRING_R2DBC_URL",
            "kulti.auth.jwks-uri=ftp://keys, KULTI_AUTH_JWKSURI",
            "kulti.auth.cookie=true, KULTI_AUTH_COOKIE",
            "kulti.auth.cookie=two words, KULTI_AUTH_COOKIE",
            "kulti.limits.commands=0, KULTI_LIMITS_COMMANDS",
            "kulti.storage.endpoint=storage.test, KULTI_STORAGE_ENDPOINT",
            "kulti.commands.wait=0s, KULTI_COMMANDS_WAIT",
            "kulti.commands.wait=soon, kulti.commands.wait",
            "kulti.cors.origins=*, KULTI_CORS_ORIGINS",
            "kulti.recording.retention=1h, KULTI_RECORDING_RETENTION"})
    void whatIsWrongIsNamed(String setting, String name, CapturedOutput output) {
        var key = setting.substring(0, setting.indexOf('=') + 1);
        stops(Stream.concat(Arrays.stream(COMPLETE).filter(given -> !given.startsWith(key)), Stream.of(setting)));
        assertThat(output).contains("APPLICATION FAILED TO START").contains(name);
    }

    @Test
    void aSecretIsNotShownEvenIfItIsWrong(CapturedOutput output) {
        stops(Stream.concat(Arrays.stream(COMPLETE).filter(given -> !given.startsWith("kulti.auth")),
                Stream.of("kulti.auth.jwt-secret=my-little-secret")));
        assertThat(output).contains("KULTI_AUTH_JWTSECRET").doesNotContain("my-little-secret");
    }

    private static void stops(Stream<String> settings) {
        assertThatException().isThrownBy(() -> SpringApplication.run(GatewayApplication.class,
                settings.map(setting -> "--" + setting).toArray(String[]::new)).close());
    }
}
