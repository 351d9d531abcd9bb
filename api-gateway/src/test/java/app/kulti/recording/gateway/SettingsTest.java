package app.kulti.recording.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** A setting that is missing or wrong stops the service, and its name is told as an operator sets it. */
class SettingsTest {
    private static final String[] COMPLETE = {"spring.kafka.bootstrap-servers=127.0.0.1:1",
            "spring.r2dbc.url=r2dbc:postgresql://127.0.0.1:1/kulti", "spring.r2dbc.password=password",
            "kulti.auth.jwt-secret=" + Tokens.SECRET, "kulti.storage.endpoint=https://storage.test",
            "kulti.storage.region=eu-central-1", "kulti.storage.access-key=access", "kulti.storage.secret-key=secret"};

    /** What else the contract and the messages name. */
    private static final String[] OPTIONAL = {"KULTI_AUTH_JWKSURI=https://keys.test", "KULTI_AUTH_ISSUER=issuer",
            "KULTI_AUTH_COOKIE=sb-project-auth-token", "KULTI_CORS_ORIGINS=https://kulti.app", "KULTI_COMMANDS_WAIT=7s",
            "KULTI_LIMITS_COMMANDS=7", "KULTI_RECORDING_RETENTION=7d", "KULTI_STORAGE_BUCKET=films",
            "KULTI_PRICES_CURRENCY=EUR", "KULTI_PRICES_PARTICIPANTMINUTE=7", "KULTI_PRICES_GIGABYTEMONTH=7",
            "KULTI_PRICES_GIGABYTEMOVED=7", "SPRING_R2DBC_USERNAME=another"};

    /** Every settings record that there is, and nothing else. */
    @TestConfiguration(proxyBeanMethods = false)
    @ConfigurationPropertiesScan
    static class AllSettings {}

    private final ApplicationContextRunner settings = new ApplicationContextRunner()
            .withUserConfiguration(AllSettings.class);

    /** Each row: what is left out, and what must be named. */
    @ParameterizedTest
    @CsvSource({
            "spring.kafka, SPRING_KAFKA_BOOTSTRAP_SERVERS",
            "spring.r2dbc, SPRING_R2DBC_URL SPRING_R2DBC_PASSWORD",
            "kulti.auth, KULTI_AUTH_JWTSECRET KULTI_AUTH_JWKSURI",
            "kulti.storage, KULTI_STORAGE_ENDPOINT KULTI_STORAGE_REGION KULTI_STORAGE_ACCESSKEY KULTI_STORAGE_SECRETKEY"})
    void whatIsMissingIsNamed(String leftOut, String named) {
        assertThat(whyNotWith(Arrays.stream(COMPLETE).filter(given -> !given.startsWith(leftOut))))
                .contains(named.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
            "spring.r2dbc.url=jdbc:postgresql://127.0.0.1/kulti, SPRING_R2DBC_URL",
            "kulti.auth.jwt-secret=my-little-secret, KULTI_AUTH_JWTSECRET",
            "kulti.auth.jwks-uri=ftp://keys, KULTI_AUTH_JWKSURI",
            "kulti.auth.issuer=two words, KULTI_AUTH_ISSUER",
            "kulti.auth.cookie=true, KULTI_AUTH_COOKIE",
            "kulti.auth.cookie=two words, KULTI_AUTH_COOKIE",
            "kulti.limits.commands=0, KULTI_LIMITS_COMMANDS",
            "kulti.storage.endpoint=storage.test, KULTI_STORAGE_ENDPOINT",
            "kulti.storage.bucket=, KULTI_STORAGE_BUCKET",
            "kulti.commands.wait=0s, KULTI_COMMANDS_WAIT",
            "kulti.commands.wait=soon, kulti.commands.wait",
            "kulti.cors.origins=*, KULTI_CORS_ORIGINS",
            "kulti.recording.retention=1h, KULTI_RECORDING_RETENTION",
            "kulti.prices.currency=dollars, KULTI_PRICES_CURRENCY",
            "kulti.prices.participant-minute=free, kulti.prices.participant-minute",
            "kulti.prices.gigabyte-month=-1, KULTI_PRICES_GIGABYTEMONTH"})
    void whatIsWrongIsNamed(String setting, String name) {
        var key = setting.substring(0, setting.indexOf('=') + 1);
        assertThat(whyNotWith(Stream.concat(Arrays.stream(COMPLETE).filter(given -> !given.startsWith(key)),
                Stream.of(setting)))).contains(name).doesNotContain("my-little-secret");
    }

    /** With a value that none of them has by itself, so that a name which nobody reads shows. */
    @Test
    void theNamesThatAreToldAreRead() {
        var environment = new HashMap<String, Object>();
        for (var setting : COMPLETE) {
            var split = setting.split("=", 2);
            environment.put(split[0].toUpperCase(Locale.ROOT).replace("-", "").replace('.', '_'), split[1]);
        }
        environment.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", environment.remove("SPRING_KAFKA_BOOTSTRAPSERVERS"));
        for (var setting : OPTIONAL) {
            var split = setting.split("=", 2);
            environment.put(split[0], split[1]);
        }
        settings.withInitializer(context -> context.getEnvironment().getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", environment)))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    var read = Stream.of(context.getBeanDefinitionNames()).map(context::getBean).map(Object::toString)
                            .filter(bean -> bean.contains("Settings[")).collect(Collectors.joining("\n"));
                    assertThat(read).contains("[127.0.0.1:1]", "https://storage.test", "https://keys.test",
                            "issuer=issuer", "cookie=sb-project-auth-token", "[https://kulti.app]", "patience=PT7S",
                            "commands=7", "retention=PT168H",
                            "bucket=films", "currency=EUR", "participantMinute=7", "gigabyteMonth=7",
                            "gigabyteMoved=7", "username=another");
                });
    }

    /** Once with all that belongs to a start. */
    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void itDoesNotStartSaysWhyAndShowsNoSecret(CapturedOutput output) {
        var without = Stream.concat(Stream.of("server.port=0", "management.server.port=0"), Arrays.stream(COMPLETE))
                .filter(given -> !given.startsWith("kulti.auth"));
        assertThatException().isThrownBy(() -> SpringApplication.run(GatewayApplication.class,
                Stream.concat(without, Stream.of("kulti.auth.jwt-secret=my-little-secret"))
                        .map(setting -> "--" + setting).toArray(String[]::new))
                .close());
        assertThat(output).contains("APPLICATION FAILED TO START", "KULTI_AUTH_JWTSECRET")
                .doesNotContain("my-little-secret");
    }

    /** All that the failure says of itself. */
    private String whyNotWith(Stream<String> given) {
        var why = new StringBuilder();
        settings.withPropertyValues(given.toArray(String[]::new)).run(context -> {
            assertThat(context).hasFailed();
            for (var cause = context.getStartupFailure(); cause != null; cause = cause.getCause()) {
                why.append(cause).append('\n');
            }
        });
        return why.toString();
    }
}
