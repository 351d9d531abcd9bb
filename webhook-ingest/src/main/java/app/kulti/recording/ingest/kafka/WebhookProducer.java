package app.kulti.recording.ingest.kafka;

import app.kulti.recording.events.wire.Topics;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.core.ProducerFactory;

/**
 * The producer, made away from the event loops: making it looks up the brokers' names, and fails while none of them is known.
 * It is handed out once it knows its topic, since a send that finds the topic unknown fails at once.
 */
final class WebhookProducer implements SmartLifecycle, Supplier<@Nullable Producer<String, byte[]>> {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookProducer.class);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final ProducerFactory<String, byte[]> producers;
    private volatile CountDownLatch stop = new CountDownLatch(0);
    private volatile @Nullable Producer<String, byte[]> ready;

    /** A producer that {@code producers} makes, and closes. */
    WebhookProducer(ProducerFactory<String, byte[]> producers) {
        this.producers = producers;
    }

    /** The producer; null as long as it is of no use. */
    @Override
    public @Nullable Producer<String, byte[]> get() {
        return ready;
    }

    @Override
    public void start() {
        stop = new CountDownLatch(1);
        Thread.ofVirtual().name("webhook-producer").start(this::getReady);
    }

    @Override
    public void stop() {
        stop.countDown();
    }

    @Override
    public boolean isRunning() {
        return stop.getCount() > 0;
    }

    private void getReady() {
        var said = false;
        while (isRunning() && ready == null) {
            try {
                var producer = producers.createProducer();
                producer.partitionsFor(Topics.WEBHOOKS.name());
                ready = producer;
            } catch (KafkaException e) {
                if (!said) {
                    LOG.info("{} is not known yet: {}", Topics.WEBHOOKS.name(),
                            NestedExceptionUtils.getMostSpecificCause(e).getMessage());
                }
                said = true;
                pause();
            }
        }
    }

    private void pause() {
        try {
            stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            stop.countDown();
        }
    }
}
