package app.kulti.recording.ingest.kafka;

import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.infra.messaging.KafkaHealth;
import app.kulti.recording.infra.messaging.Publisher;
import app.kulti.recording.ingest.intake.DurableWebhooks;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.ProducerListener;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/** The topic of webhooks over Boot's producer, whose settings are in {@code application.yml}. */
@Configuration(proxyBeanMethods = false)
public class WebhookTopicConfiguration {
    /** Half the producer's buffer: it must never be what a webhook waits for. */
    private static final DataSize MOST_ON_THEIR_WAY = DataSize.ofMegabytes(8);

    /** Boot's own default, a broker on this host, would be a service that starts and never works. */
    WebhookTopicConfiguration(Environment environment) {
        if (!StringUtils.hasText(environment.getProperty("spring.kafka.bootstrap-servers"))) {
            throw new IllegalStateException(
                    "spring.kafka.bootstrap-servers (SPRING_KAFKA_BOOTSTRAP_SERVERS) must be set");
        }
    }

    @Bean
    DurableWebhooks durableWebhooks(KafkaTemplate<String, byte[]> kafka, MeterRegistry meters) {
        var webhooks = new KafkaWebhooks(new Publisher<>(Topics.WEBHOOKS, kafka), Thread::startVirtualThread,
                MOST_ON_THEIR_WAY);
        Gauge.builder("kulti.ingest.unacknowledged", webhooks, KafkaWebhooks::bytesOnTheirWay).baseUnit("bytes")
                .description("Bodies on their way to Kafka").register(meters);
        return webhooks;
    }

    /** In place of Boot's, which logs every record that failed with its stack trace; what failed is in the answers. */
    @Bean
    ProducerListener<Object, Object> silentProducerListener() {
        return new ProducerListener<>() {
        };
    }

    @Bean(destroyMethod = "close")
    Admin kafkaHealthAdmin(KafkaAdmin admin) {
        return Admin.create(admin.getConfigurationProperties());
    }

    @Bean
    KafkaHealth kafkaHealthIndicator(Admin kafkaHealthAdmin) {
        return new KafkaHealth(kafkaHealthAdmin);
    }

    @Bean
    WebhookTopicHealth webhookTopicHealthIndicator(KafkaTemplate<String, byte[]> kafka) {
        return new WebhookTopicHealth(kafka);
    }
}
