package app.kulti.recording.infra.ops.kafka;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.OperatorAction.Span;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.events.wire.UnreadableMessage;
import app.kulti.recording.events.wire.WireForm;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** {@code hms.webhooks}: what 100ms sent, as it lies there. */
public final class WebhookTopic {
    /** From {@code ce_time}, when a webhook came in, until its record is written: at most what its sender waits for. */
    private static final Duration SLACK = Duration.ofMinutes(5);

    private final TopicRead topic;
    private final WireForm<HmsWebhook> form = new WireForm<>(Topics.WEBHOOKS);

    public WebhookTopic(Broker broker) {
        this.topic = new TopicRead(broker, Topics.WEBHOOKS.name());
    }

    /** A webhook and where it lies. */
    public record Stored(int partition, long offset, Envelope<HmsWebhook> webhook) {}

    /** Where webhooks that came in from {@code from} to before {@code to} lie, and perhaps others. */
    public List<Span> between(Instant from, Instant to) {
        return topic.between(from.minus(SLACK), to.plus(SLACK));
    }

    /** Its topic's offsets. */
    public TopicRead offsets() {
        return topic;
    }

    /**
     * Hands over each webhook of the spans until {@code more} says no. What is no webhook was dead-lettered, and is left
     * out.
     */
    public void each(List<Span> spans, Predicate<Stored> more) {
        topic.each(spans, record -> read(record)
                .map(webhook -> more.test(new Stored(record.partition(), record.offset(), webhook))).orElse(true));
    }

    private Optional<Envelope<HmsWebhook>> read(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(form.read(KafkaMessageFactory.createReader(record).toEvent()));
        } catch (UnreadableMessage | CloudEventRWException _) {
            return Optional.empty();
        }
    }
}
