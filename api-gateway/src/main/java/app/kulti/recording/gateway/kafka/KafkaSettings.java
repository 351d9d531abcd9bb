package app.kulti.recording.gateway.kafka;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * What has to be said of Kafka; the rest is Boot's ({@code spring.kafka.*}).
 *
 * @param bootstrapServers {@code host:port}, one or more
 */
@Validated
@ConfigurationProperties("spring.kafka")
record KafkaSettings(
        @NotEmpty(message = "is missing (SPRING_KAFKA_BOOTSTRAP_SERVERS): host:9092") List<@NotBlank(message = "is blank (SPRING_KAFKA_BOOTSTRAP_SERVERS)") String> bootstrapServers) {}
