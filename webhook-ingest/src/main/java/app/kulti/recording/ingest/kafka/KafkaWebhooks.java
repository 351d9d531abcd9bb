package app.kulti.recording.ingest.kafka;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.infra.messaging.Publisher;
import app.kulti.recording.ingest.intake.DurableWebhooks;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;

/**
 * Webhooks on their topic. What is on its way to the broker is bounded in bytes; beyond that a webhook is refused at once, and
 * 100ms sends it again.
 */
final class KafkaWebhooks implements DurableWebhooks {
    private final Publisher<HmsWebhook> publisher;
    private final Executor publishing;
    private final long mostBytes;
    private final AtomicLong bytesOnTheirWay = new AtomicLong();

    /**
     * @param publishing where a send may wait for the topic's metadata: never an event loop
     * @param most       bodies on their way at any one time
     */
    KafkaWebhooks(Publisher<HmsWebhook> publisher, Executor publishing, DataSize most) {
        this.publisher = publisher;
        this.publishing = publishing;
        this.mostBytes = most.toBytes();
    }

    @Override
    public Mono<Void> write(Envelope<HmsWebhook> webhook) {
        return Mono.defer(() -> {
            var size = webhook.message().body().length();
            if (bytesOnTheirWay.addAndGet(size) > mostBytes) {
                bytesOnTheirWay.addAndGet(-size);
                return Mono.error(new RejectedExecutionException("too many webhooks are on their way to Kafka"));
            }
            // Not a Mono's own cancellation: the record is on its way, and its bytes are held, until the producer says so.
            return Mono.fromFuture(send(webhook).whenComplete((_, _) -> bytesOnTheirWay.addAndGet(-size)), true);
        });
    }

    /** Bodies that the broker has not acknowledged yet. */
    long bytesOnTheirWay() {
        return bytesOnTheirWay.get();
    }

    private CompletableFuture<Void> send(Envelope<HmsWebhook> webhook) {
        return CompletableFuture.completedFuture(webhook).thenComposeAsync(publisher::publish, publishing);
    }
}
