package app.kulti.recording.infra.local.testing;

import app.kulti.recording.infra.local.BrokerSettings;
import app.kulti.recording.infra.local.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The same servers as images, in the same versions as the Maven artifacts and with the same settings. */
final class Containers {

    private Containers() {}

    @SuppressWarnings("resource") // Testcontainers removes it after the JVM's end.
    static KafkaContainer kafka() {
        return new KafkaContainer("apache/kafka:" + version("kafka"))
                .withEnv(asEnvironment(BrokerSettings.ofOneBroker()));
    }

    @SuppressWarnings("resource") // Testcontainers removes it after the JVM's end.
    static PostgreSQLContainer postgres() {
        return new PostgreSQLContainer("postgres:" + version("postgres")).withUsername(LocalPostgres.SUPERUSER)
                .withPassword(LocalPostgres.PASSWORD).withDatabaseName(LocalPostgres.DATABASE);
    }

    /** The image's own rule: {@code auto.create.topics.enable} is {@code KAFKA_AUTO_CREATE_TOPICS_ENABLE}. */
    private static Map<String, String> asEnvironment(Map<String, String> settings) {
        return settings.entrySet().stream().collect(Collectors
                .toMap(setting -> "KAFKA_" + setting.getKey().replace('.', '_').toUpperCase(Locale.ROOT),
                        Map.Entry::getValue));
    }

    private static String version(String of) {
        var versions = new Properties();
        try (var file = Containers.class.getResourceAsStream("versions.properties")) {
            versions.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return versions.getProperty(of);
    }
}
