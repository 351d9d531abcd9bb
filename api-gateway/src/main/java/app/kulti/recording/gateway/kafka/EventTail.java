package app.kulti.recording.gateway.kafka;

import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.wire.Topic;
import app.kulti.recording.events.wire.UnreadableMessage;
import app.kulti.recording.infra.messaging.RecordReading;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;

/**
 * Reads every partition of a topic from its end on, without a group: each copy of the gateway hears everything. Where it has read
 * to is in memory only, and survives brokers that come and go; partitions that are added are read from their first record.
 */
final class EventTail implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(EventTail.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final Topic<RecordingEvent> topic;
    private final RecordReading<RecordingEvent> reading;
    private final Supplier<Consumer<String, byte[]>> consumers;
    private final Listener listener;

    private volatile CountDownLatch stop = new CountDownLatch(1);
    private volatile boolean positioned;
    private volatile @Nullable Consumer<String, byte[]> consumer;
    private volatile @Nullable Thread thread;

    /** Who is told; must neither block nor throw. */
    interface Listener {
        /** Each event, in the order of its partition. */
        void heard(RecordingEvent event, Instant publishedAt);

        /** The tail broke off; what is published until it is positioned again is not heard. */
        void missed();
    }

    /**
     * A tail that does not read yet.
     *
     * @param consumers makes a consumer without a group, which resets to the latest offset; partitions that are added are seen
     *                  when it renews its metadata ({@code metadata.max.age.ms})
     */
    EventTail(Topic<RecordingEvent> topic, Supplier<Consumer<String, byte[]>> consumers,
            Listener listener) {
        this.topic = topic;
        this.reading = new RecordReading<>(topic);
        this.consumers = consumers;
        this.listener = listener;
    }

    /** Whether every event that is published from now on will be heard. */
    boolean isPositioned() {
        var reader = thread;
        return positioned && reader != null && reader.isAlive();
    }

    @Override
    public void start() {
        stop = new CountDownLatch(1);
        thread = Thread.ofPlatform().name("tail-" + topic.name()).daemon().start(this::run);
    }

    @Override
    public void stop() {
        stop.countDown();
        var reading = consumer;
        if (reading != null) {
            reading.wakeup();
        }
        var reader = thread;
        if (reader != null) {
            try {
                reader.join(STOP_LIMIT);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Before the web server takes requests, and after it has let go of the last. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void run() {
        while (!isStopping()) {
            try (var made = consumers.get()) {
                consumer = made;
                follow(made);
            } catch (WakeupException | InterruptException _) {
                // Asked to stop, which the loop sees.
            } catch (KafkaException e) {
                // Mostly an address that cannot be resolved yet, which the cause says.
                log.warn("No consumer for {} at the moment: {}", topic.name(),
                        String.valueOf(NestedExceptionUtils.getMostSpecificCause(e)));
                pause();
            } catch (RuntimeException e) {
                // Whatever was published in between is lost on this copy, which is why it is not ready meanwhile.
                log.error("The tail of {} broke off and begins anew", topic.name(), e);
                pause();
            } finally {
                breakOff();
            }
        }
    }

    private void breakOff() {
        var wasPositioned = positioned;
        positioned = false;
        consumer = null;
        if (wasPositioned && !isStopping()) {
            listener.missed();
        }
    }

    private void follow(Consumer<String, byte[]> made) {
        while (!isStopping() && !positioned) {
            positioned = trying("be positioned on", () -> positionAtEnd(made));
        }
        while (!isStopping()) {
            trying("read", () -> {
                made.poll(POLL).forEach(this::tell);
                return readAddedPartitions(made);
            });
        }
    }

    /** What fails here passes by itself, once the brokers are back. */
    private boolean trying(String what, Supplier<Boolean> step) {
        try {
            return step.get();
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            log.warn("Cannot {} {} at the moment: {}", what, topic.name(), e.toString());
            pause();
            return false;
        }
    }

    private boolean positionAtEnd(Consumer<String, byte[]> made) {
        var partitions = partitions(made);
        if (partitions.isEmpty()) {
            log.warn("The topic {} does not exist yet", topic.name());
            pause();
            return false;
        }
        made.assign(partitions);
        made.seekToEnd(partitions);
        // Seeking is lazy: only with the position asked for does it become an offset that stays.
        partitions.forEach(partition -> made.position(partition, CALL_LIMIT));
        log.info("Follows {} partitions of {}", partitions.size(), topic.name());
        return true;
    }

    /** Asks nobody: the consumer knows the partitions as of its metadata. */
    private boolean readAddedPartitions(Consumer<String, byte[]> made) {
        var added = new HashSet<>(partitions(made));
        added.removeAll(made.assignment());
        if (!added.isEmpty()) {
            var all = new HashSet<>(made.assignment());
            all.addAll(added);
            // Those that were assigned before keep their positions.
            made.assign(all);
            made.seekToBeginning(added);
            log.info("Follows {} partitions of {}", all.size(), topic.name());
        }
        return true;
    }

    private List<TopicPartition> partitions(Consumer<String, byte[]> made) {
        return made.partitionsFor(topic.name(), CALL_LIMIT).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .collect(Collectors.toList());
    }

    private void tell(ConsumerRecord<String, byte[]> record) {
        try {
            var received = reading.read(record);
            listener.heard(received.message(), received.writtenAt());
        } catch (UnreadableMessage e) {
            // The mirror, which acts on events, dead-letters it; a view has nothing to keep.
            log.warn("Passed over {}-{}@{}: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
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
