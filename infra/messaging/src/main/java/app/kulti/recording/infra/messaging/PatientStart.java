package app.kulti.recording.infra.messaging;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/**
 * Starts the containers of a service's readers, and tries again while it cannot. Kafka's clients bear brokers that are away, but
 * refuse to be made while no broker's name can be resolved, and a service must start then, too. Spring stops the containers.
 */
public final class PatientStart implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(PatientStart.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final List<? extends ConcurrentMessageListenerContainer<?, ?>> containers;
    private volatile CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable Thread starter;

    /** Starts {@code containers}, those of {@link TopicReader#container}, once Spring starts this. */
    public PatientStart(Collection<? extends ConcurrentMessageListenerContainer<?, ?>> containers) {
        this.containers = List.copyOf(containers);
    }

    @Override
    public void start() {
        stop = new CountDownLatch(1);
        starter = Thread.ofVirtual().name("start of the readers").start(this::startAll);
    }

    @Override
    public void stop() {
        stop.countDown();
        var starting = starter;
        if (starting != null) {
            try {
                starting.join(STOP_LIMIT);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
        starter = null;
    }

    @Override
    public boolean isRunning() {
        return starter != null;
    }

    private void startAll() {
        for (var container : containers) {
            while (!isStopping() && !isStarted(container)) {
                pause();
            }
        }
    }

    private boolean isStarted(ConcurrentMessageListenerContainer<?, ?> container) {
        try {
            container.start();
            return true;
        } catch (KafkaException e) {
            log.warn("{} cannot be started yet: {}", container.getBeanName(),
                    NestedExceptionUtils.getMostSpecificCause(e).getMessage());
            // It takes itself for running from its first step on.
            container.stop();
            return false;
        }
    }

    private void pause() {
        try {
            stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            stop.countDown();
        }
    }

    private boolean isStopping() {
        return stop.getCount() == 0;
    }
}
