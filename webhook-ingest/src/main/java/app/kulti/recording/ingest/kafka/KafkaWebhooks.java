package app.kulti.recording.ingest.kafka;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.infra.messaging.RecordWriting;
import app.kulti.recording.ingest.intake.DurableWebhooks;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Webhooks on their topic. What is on its way to the broker is bounded in bytes; beyond that a webhook is refused at once, and
 * 100ms sends it again. Sends on the event loop that read the webhook: the producer never waits ({@code max.block.ms} is 0), and
 * every change of threads costs more than the send itself.
 */
final class KafkaWebhooks implements DurableWebhooks {
    private final RecordWriting<HmsWebhook> records = new RecordWriting<>(Topics.WEBHOOKS);
    private final Supplier<@Nullable Producer<String, byte[]>> producer;
    private final long mostBytes;
    private final AtomicLong bytesOnTheirWay = new AtomicLong();

    /**
     * Sends with what {@code producer} gives; null as long as there is none.
     *
     * @param most bodies on their way at any one time
     */
    KafkaWebhooks(Supplier<@Nullable Producer<String, byte[]>> producer, DataSize most) {
        this.producer = producer;
        this.mostBytes = most.toBytes();
    }

    @Override
    public Mono<Void> write(Envelope<HmsWebhook> webhook) {
        return Mono.create(outcome -> {
            var sender = producer.get();
            var size = webhook.message().body().length();
            if (sender == null) {
                outcome.error(new RejectedExecutionException("Kafka has not been found yet"));
            } else if (bytesOnTheirWay.addAndGet(size) > mostBytes) {
                bytesOnTheirWay.addAndGet(-size);
                outcome.error(new RejectedExecutionException("too many webhooks are on their way to Kafka"));
            } else {
                send(sender, webhook, size, outcome);
            }
        });
    }

    /** Bodies that the broker has not acknowledged yet. */
    long bytesOnTheirWay() {
        return bytesOnTheirWay.get();
    }

    /** Once begun it is not ended by whoever waited: its bytes are held until the producer says what became of it. */
    private void send(Producer<String, byte[]> sender, Envelope<HmsWebhook> webhook, int size, MonoSink<Void> outcome) {
        try {
            var _ = sender.send(records.write(webhook), (_, fault) -> {
                bytesOnTheirWay.addAndGet(-size);
                if (fault == null) {
                    outcome.success();
                } else {
                    outcome.error(fault);
                }
            });
        } catch (RuntimeException e) {
            bytesOnTheirWay.addAndGet(-size);
            outcome.error(e);
        }
    }
}
