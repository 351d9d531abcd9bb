package app.kulti.recording.ingest.kafka;

import app.kulti.recording.events.wire.Topics;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Whether the producer knows its topic; one that nobody created makes no copy ready. */
final class WebhookTopicHealth extends AbstractHealthIndicator {
    private final Supplier<@Nullable Producer<String, byte[]>> producer;

    WebhookTopicHealth(Supplier<@Nullable Producer<String, byte[]>> producer) {
        this.producer = producer;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        var ready = producer.get();
        if (ready == null) {
            builder.down();
            return;
        }
        try {
            builder.up().withDetail("partitions", ready.partitionsFor(Topics.WEBHOOKS.name()).size());
        } catch (KafkaException e) {
            // Not the exception itself: that would be a warning with its stack trace at every probe.
            builder.down().withDetail("reason", e.getClass().getSimpleName());
        }
    }
}
