package app.kulti.recording.infra.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.infra.local.testing.RealKafka;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class KafkaHealthIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Test
    void brokersThatAnswerAreUp() {
        assertThat(status(RealKafka.shared().bootstrapServers())).isEqualTo(Status.UP);
    }

    @Test
    void brokersWhoseNameNobodyKnowsAreDownAndNoFault() {
        assertThat(status("absent.invalid:9092")).isEqualTo(Status.DOWN);
    }

    private static Status status(String bootstrapServers) {
        try (var health = new KafkaHealth(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            return Objects.requireNonNull(health.health().block(LIMIT)).getStatus();
        }
    }
}
