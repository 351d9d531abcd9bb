package app.kulti.recording.ingest.kafka;

import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.infra.messaging.KafkaHealth;
import app.kulti.recording.infra.messaging.MessageSpans;
import app.kulti.recording.infra.messaging.TopicRights;
import app.kulti.recording.infra.messaging.Traces;
import app.kulti.recording.infra.observability.checking.Check;
import app.kulti.recording.ingest.intake.DurableWebhooks;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.common.acl.AclOperation;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/** The topic of webhooks over Boot's producer, whose settings are in {@code application.yml}. */
@Configuration(proxyBeanMethods = false)
public class WebhookTopicConfiguration {
    /** Half the producer's buffer, which must never be full. */
    private static final DataSize MOST_ON_THEIR_WAY = DataSize.ofMegabytes(8);

    /** Boot's own default, a broker on this host, would be a service that starts and never works. */
    WebhookTopicConfiguration(Environment environment) {
        if (!StringUtils.hasText(environment.getProperty("spring.kafka.bootstrap-servers"))) {
            throw new IllegalStateException(
                    "spring.kafka.bootstrap-servers (SPRING_KAFKA_BOOTSTRAP_SERVERS) must be set");
        }
    }

    @Bean
    WebhookProducer webhookProducer(ProducerFactory<String, byte[]> producers) {
        return new WebhookProducer(producers);
    }

    @Bean
    DurableWebhooks durableWebhooks(WebhookProducer producer, MeterRegistry meters, Traces traces) {
        var webhooks = new KafkaWebhooks(producer, MOST_ON_THEIR_WAY);
        Gauge.builder("kulti.ingest.unacknowledged", webhooks, KafkaWebhooks::bytesOnTheirWay).baseUnit("bytes")
                .description("Bodies on their way to Kafka").register(meters);
        return traces.areOn()
                ? new TracedWebhooks(webhooks, new MessageSpans<>(Topics.WEBHOOKS, traces), traces)
                : webhooks;
    }

    @Bean
    KafkaHealth kafkaHealthIndicator(KafkaAdmin admin) {
        return new KafkaHealth(admin.getConfigurationProperties());
    }

    @Bean
    WebhookTopicHealth webhookTopicHealthIndicator(WebhookProducer producer) {
        return new WebhookTopicHealth(producer);
    }

    @Bean
    Check webhooksCheck(KafkaAdmin admin) {
        return Check.of("the Kafka login may write hms.webhooks",
                new TopicRights(admin.getConfigurationProperties()).obstacle(Topics.WEBHOOKS, AclOperation.WRITE));
    }
}
