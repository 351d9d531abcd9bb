package app.kulti.recording.processor.kafka;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the connection to the brokers cannot do without; the rest is Spring Boot's own.
 *
 * @param bootstrapServers {@code host:port}, one or more
 */
@ConfigurationProperties("spring.kafka")
record BrokerSettings(@Nullable List<String> bootstrapServers) {
    BrokerSettings {
        if (bootstrapServers == null || bootstrapServers.isEmpty() || bootstrapServers.stream().allMatch(
                String::isBlank)) {
            throw new IllegalArgumentException(
                    "spring.kafka.bootstrap-servers (SPRING_KAFKA_BOOTSTRAP_SERVERS) is missing: as in host:9092");
        }
    }
}
