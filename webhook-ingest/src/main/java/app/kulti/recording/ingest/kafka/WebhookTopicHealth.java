package app.kulti.recording.ingest.kafka;

import app.kulti.recording.events.wire.Topics;
import org.apache.kafka.common.KafkaException;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.kafka.core.KafkaOperations;

/**
 * Whether the producer knows its topic. Asking makes it find out: a copy that is ready need not make its first webhook wait for
 * metadata, and one whose topic nobody created is never ready.
 */
final class WebhookTopicHealth extends AbstractHealthIndicator {
    private final KafkaOperations<String, byte[]> kafka;

    WebhookTopicHealth(KafkaOperations<String, byte[]> kafka) {
        this.kafka = kafka;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        try {
            builder.up().withDetail("partitions", kafka.partitionsFor(Topics.WEBHOOKS.name()).size());
        } catch (KafkaException e) {
            // Not the exception itself: that would be a warning with its stack trace at every probe.
            builder.down().withDetail("reason", e.getClass().getSimpleName());
        }
    }
}
