package app.kulti.recording.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.kulti.recording.mirror.kafka.TopicsConfiguration;
import app.kulti.recording.mirror.mirroring.plan.PartSize;
import app.kulti.recording.mirror.s3.StorageConfiguration;
import app.kulti.recording.mirror.source.SourceConfiguration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.util.unit.DataSize;

/** A setting that is missing or malformed stops the service, and is named. */
class BootTest {
    private static final Map<String, String> COMPLETE = Map.of("spring.kafka.bootstrap-servers", "127.0.0.1:1",
            "kulti.storage.endpoint", "http://127.0.0.1:1/storage/v1/s3", "kulti.storage.accesskey", "s3cret-access",
            "kulti.storage.secretkey", "s3cret-key", "kulti.storage.bucket", "recordings",
            "kulti.mirror.allowedhosts", "files.example.com");

    @ParameterizedTest
    @ValueSource(strings = {"spring.kafka.bootstrap-servers", "kulti.storage.endpoint", "kulti.storage.accesskey",
            "kulti.storage.secretkey", "kulti.storage.bucket", "kulti.mirror.allowedhosts"})
    void aMissingSettingIsNamed(String name) {
        var settings = new TreeMap<>(COMPLETE);
        settings.remove(name);

        assertRefused(settings, name);
    }

    @ParameterizedTest
    @CsvSource({"kulti.storage.endpoint,recordings.local", "kulti.storage.endpoint,ftp://host",
            "kulti.storage.endpoint,''", "kulti.storage.region,' '", "kulti.storage.secretkey,' '",
            "kulti.mirror.allowedhosts,10.0.0.1", "kulti.mirror.allowedhosts,'*.com'", "kulti.mirror.parallelism,0",
            "kulti.mirror.parallelism,65", "kulti.mirror.ranges,0", "kulti.mirror.part-size,4MB",
            "kulti.mirror.part-size,96MB", "kulti.mirror.memory,7MB", "kulti.mirror.host-parallelism,0",
            "kulti.mirror.bandwidth,1KB", "kulti.mirror.host-bandwidth,0"})
    void aMalformedSettingIsNamedAndNoSecretSaid(String name, String value) {
        var settings = new TreeMap<>(COMPLETE);
        settings.put(name, value);

        assertRefused(settings, name);
    }

    @Test
    void completeOnesAreTaken() {
        assertThat(read(COMPLETE)).hasSize(4);
    }

    @Test
    void theServiceItselfDoesNotStart() {
        var settings = new TreeMap<>(COMPLETE);
        settings.remove("kulti.storage.bucket");
        settings.put("server.port", "0");
        settings.put("management.server.port", "0");

        assertThatThrownBy(() -> new SpringApplicationBuilder(MirrorApplication.class).run(arguments(settings)).close())
                .satisfies(fault -> assertThat(messages(fault)).contains("KULTI_STORAGE_BUCKET")
                        .doesNotContain("s3cret"));
    }

    @Test
    void aPartNeverNeedsMoreRoomThanThereIs() {
        var settings = new MirrorSettings(4, null, 4, DataSize.ofMegabytes(8), DataSize.ofMegabytes(32));

        assertThat(settings.partSizes()).isEqualTo(new PartSize(8 << 20, 32 << 20));
    }

    /** Boot's rule: dots become underscores, dashes go; but Kafka's own has been written with one for years. */
    private static String variable(String name) {
        var dashes = name.startsWith("spring") ? "_" : "";
        return name.toUpperCase(Locale.ROOT).replace("-", dashes).replace('.', '_');
    }

    private static void assertRefused(Map<String, String> settings, String name) {
        assertThatThrownBy(() -> read(settings)).satisfies(fault -> assertThat(messages(fault))
                .contains(name, variable(name)).doesNotContain("s3cret"));
    }

    /** All that the service is told, without anything that works with it. */
    private static List<Object> read(Map<String, String> settings) {
        try (var context = new SpringApplicationBuilder(WhatIsSet.class).web(WebApplicationType.NONE)
                .lazyInitialization(true).run(arguments(settings))) {
            return Stream.concat(context.getBeansWithAnnotation(ConfigurationProperties.class).values().stream(),
                    Stream.of(context.getBean(TopicsConfiguration.class))).toList();
        }
    }

    private static String[] arguments(Map<String, String> settings) {
        return Stream.concat(Stream.of("--logging.level.org.springframework=off"), settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())).toArray(String[]::new);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(MirrorSettings.class)
    @Import({TopicsConfiguration.class, SourceConfiguration.class, StorageConfiguration.class})
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
