package app.kulti.recording.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.kulti.recording.ingest.authenticity.AuthenticitySettings;
import app.kulti.recording.ingest.kafka.WebhookTopicConfiguration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** A setting that is missing or malformed stops the service, and is named. */
class BootTest {
    private static final String KAFKA = "spring.kafka.bootstrap-servers=127.0.0.1:1";
    private static final String SECRETS = "kulti.webhook.secrets=s3cret-one,s3cret-two";

    @Test
    void completeOnesAreTaken() {
        assertThatCode(() -> read(KAFKA, SECRETS)).doesNotThrowAnyException();
    }

    @Test
    void theServiceItselfDoesNotStartWithoutSecretsAndSignatureKeys() {
        assertThatThrownBy(() -> new SpringApplicationBuilder(IngestApplication.class)
                .run(arguments("server.port=0", "management.server.port=0", KAFKA)).close())
                .satisfies(fault -> assertThat(messages(fault))
                        .contains("kulti.webhook.secrets (KULTI_WEBHOOK_SECRETS) or"
                                + " kulti.webhook.signature-keys (KULTI_WEBHOOK_SIGNATUREKEYS) must be set"));
        assertRefused("KULTI_WEBHOOK_SECRETS", KAFKA, "kulti.webhook.secrets=");
    }

    @Test
    void withoutABrokersAddressItDoesNotStart() {
        assertRefused("spring.kafka.bootstrap-servers (SPRING_KAFKA_BOOTSTRAP_SERVERS) must be set", SECRETS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "kulti.webhook.secrets=s3cret-one,,s3cret-two | KULTI_WEBHOOK_SECRETS",
            "kulti.webhook.signature-keys=s3cret,    | KULTI_WEBHOOK_SIGNATUREKEYS",
            "kulti.webhook.secret-header=            | KULTI_WEBHOOK_SECRETHEADER",
            "kulti.webhook.allowed-cidrs=100ms.live  | KULTI_WEBHOOK_ALLOWEDCIDRS",
            "kulti.webhook.trusted-proxies=10.0.0/99 | KULTI_WEBHOOK_TRUSTEDPROXIES"})
    void aMalformedSettingIsNamedAndNoSecretSaid(String setting, String name) {
        assertRefused(name, KAFKA, SECRETS, setting);
    }

    @Test
    void eachSettingIsAnEnvironmentVariable() {
        var settings = bound(Map.of("KULTI_WEBHOOK_SECRETS", "one,two", "KULTI_WEBHOOK_SECRETHEADER", "x-a",
                "KULTI_WEBHOOK_SIGNATUREKEYS", "key", "KULTI_WEBHOOK_ALLOWEDCIDRS", "203.0.113.7, 2001:db8::/32",
                "KULTI_WEBHOOK_TRUSTEDPROXIES", "10.0.0.0/8"));

        assertThat(settings.secrets()).containsExactly("one", "two");
        assertThat(settings.secretHeader()).isEqualTo("x-a");
        assertThat(settings.signatureKeys()).containsExactly("key");
        assertThat(settings.allowedCidrs()).containsExactly("203.0.113.7", "2001:db8::/32");
        assertThat(settings.trustedProxies()).containsExactly("10.0.0.0/8");
    }

    @Test
    void theSettingsTextHoldsNoSecret() {
        assertThat(bound(Map.of("KULTI_WEBHOOK_SECRETS", "s3cret", "KULTI_WEBHOOK_SIGNATUREKEYS", "s3cret-key")))
                .hasToString("AuthenticitySettings[1 secrets in X-Kulti-Webhook-Secret, 1 signature keys, allowed [],"
                        + " trusted proxies []]");
    }

    private static AuthenticitySettings bound(Map<String, Object> variables) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        variables));
        ConfigurationPropertySources.attach(environment);
        return Binder.get(environment).bind("kulti.webhook", AuthenticitySettings.class).get();
    }

    private static void assertRefused(String name, String... settings) {
        assertThatThrownBy(() -> read(settings))
                .satisfies(fault -> assertThat(messages(fault)).contains(name).doesNotContain("s3cret"));
    }

    /** All that the service is told, without anything that works with it. */
    private static void read(String... settings) {
        try (var context = new SpringApplicationBuilder(WhatIsSet.class).web(WebApplicationType.NONE)
                .lazyInitialization(true).run(arguments(settings))) {
            assertThat(context.getBean(AuthenticitySettings.class)).isNotNull();
            assertThat(context.getBean(WebhookTopicConfiguration.class)).isNotNull();
        }
    }

    private static String[] arguments(String... settings) {
        return Stream.concat(Stream.of("logging.level.org.springframework=off"), Stream.of(settings))
                .map(setting -> "--" + setting)
                .toArray(String[]::new);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(AuthenticitySettings.class)
    @Import(WebhookTopicConfiguration.class)
    static class WhatIsSet {
        /** Starts nothing, so that nothing has to be there which it would work with. */
        @Bean
        static LifecycleProcessor lifecycleProcessor() {
            return new DefaultLifecycleProcessor() {
                @Override
                public void onRefresh() {}
            };
        }
    }

    private static String messages(Throwable fault) {
        return Stream.iterate(fault, cause -> cause != null, Throwable::getCause).map(Throwable::toString)
                .collect(Collectors.joining("\n"));
    }
}
