package app.kulti.recording.mirror.kafka;

import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.events.wire.UnreadableMessage;
import app.kulti.recording.infra.messaging.DeadLetters;
import app.kulti.recording.infra.messaging.MessageSpans;
import app.kulti.recording.infra.messaging.Received;
import app.kulti.recording.infra.messaging.RecordReading;
import app.kulti.recording.infra.messaging.Traces;
import app.kulti.recording.mirror.mirroring.Mirror;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;

/**
 * Reads {@code recording.events} and hands each state to the {@link Mirror} without waiting for it: a copy takes
 * minutes, and a removal behind it must not. Offsets are committed as far as everything before them is done. A listener
 * container with asynchronous acknowledgements would stop reading all partitions until the slowest copy of a poll is
 * done; this reads on, up to a bound for each partition.
 */
final class EventReader implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(EventReader.class);
    private static final String GROUP = "kulti." + ServiceName.MIRROR.wireName() + "." + Topics.EVENTS.name();
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);
    /** How many records of a partition may be under way; beyond that it waits for the first of them. */
    private static final int MOST_UNDONE = 200;
    /** What a hand-over may take: jobs end at their next part within it, or in the middle of one after it. */
    private static final Duration HAND_OVER = Duration.ofSeconds(5);
    private static final Duration STOP = Duration.ofSeconds(8);

    private final ConsumerFactory<String, byte[]> consumers;
    private final DeadLetters deadLetters;
    private final Mirror mirror;
    private final RecordReading<RecordingEvent> reading = new RecordReading<>(Topics.EVENTS);
    private final Traces traces;
    private final MessageSpans<RecordingEvent> spans;
    private volatile @Nullable Run run;

    EventReader(ConsumerFactory<String, byte[]> consumers, DeadLetters deadLetters, Mirror mirror, Traces traces) {
        this.consumers = consumers;
        this.deadLetters = deadLetters;
        this.mirror = mirror;
        this.traces = traces;
        this.spans = new MessageSpans<>(Topics.EVENTS, traces);
    }

    @Override
    public void start() {
        var started = new Run();
        run = started;
        Thread.ofPlatform().daemon().name("recording-events").start(started);
    }

    @Override
    public void stop() {
        var running = run;
        if (running != null) {
            running.stop();
            run = null;
        }
    }

    @Override
    public boolean isRunning() {
        return run != null;
    }

    /** From a start to a stop, through as many consumers as it takes. */
    private final class Run implements Runnable, ConsumerRebalanceListener {
        private final Map<TopicPartition, OffsetLedger> ledgers = new HashMap<>();
        private final CountDownLatch stopping = new CountDownLatch(1);
        private final CountDownLatch stopped = new CountDownLatch(1);
        private @Nullable Consumer<String, byte[]> consumer;

        @Override
        public void run() {
            try {
                while (stopping.getCount() > 0) {
                    try {
                        readOn();
                    } catch (WakeupException _) {
                        // Told to stop.
                    } catch (RuntimeException e) {
                        // Kafka's own, or a dead letter that could not be put aside: nothing was committed past it.
                        log.warn("Reading {} again in {}: {}", Topics.EVENTS.name(), PAUSE_AFTER_FAILURE,
                                e.getMessage());
                        stopping.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
                    }
                }
            } catch (InterruptedException _) {
                log.debug("Interrupted; reading no more");
            } finally {
                stopped.countDown();
            }
        }

        private void readOn() {
            var opened = consumers.createConsumer(GROUP, null, null);
            try {
                begin(opened);
                opened.subscribe(List.of(Topics.EVENTS.name()), this);
                while (stopping.getCount() > 0) {
                    for (var record : opened.poll(POLL)) {
                        take(record);
                    }
                    holdBack(opened);
                    commit(opened);
                }
            } finally {
                opened.close(CloseOptions.timeout(HAND_OVER));
                // Closing has told the listener; after a fatal error it may not have.
                leave(List.copyOf(ledgers.keySet()));
                begin(null);
            }
        }

        private synchronized void begin(@Nullable Consumer<String, byte[]> opened) {
            consumer = opened;
        }

        private void take(ConsumerRecord<String, byte[]> record) {
            var ledger = ledgers.computeIfAbsent(new TopicPartition(record.topic(), record.partition()),
                    _ -> new OffsetLedger());
            try {
                var received = reading.read(record);
                ledger.begin(record.offset());
                act(received, () -> ledger.done(record.offset()));
            } catch (UnreadableMessage e) {
                // Throws when it cannot be put aside; then everything since the last commit is read again.
                deadLetters.accept(record, e);
                ledger.begin(record.offset());
                ledger.done(record.offset());
            }
        }

        /** The job that comes of it takes the span along. */
        private void act(Received<RecordingEvent> received, Runnable done) {
            var state = received.message().state();
            if (state == null) {
                done.run();
                return;
            }
            var span = spans.processing(received);
            try (var _ = traces.within(span)) {
                mirror.take(state, received.partition(), done);
            } finally {
                span.end();
            }
        }

        private void holdBack(Consumer<String, byte[]> reading) {
            var paused = reading.paused();
            ledgers.forEach((partition, ledger) -> {
                var full = ledger.undone() >= MOST_UNDONE;
                if (full && !paused.contains(partition)) {
                    reading.pause(List.of(partition));
                } else if (!full && paused.contains(partition)) {
                    reading.resume(List.of(partition));
                }
            });
        }

        private void commit(Consumer<String, byte[]> reading) {
            var positions = positions(ledgers.keySet());
            if (!positions.isEmpty()) {
                reading.commitAsync(positions, (committed, failure) -> {
                    if (failure == null) {
                        committed(committed);
                    }
                });
            }
        }

        private Map<TopicPartition, OffsetAndMetadata> positions(Collection<TopicPartition> partitions) {
            var positions = new HashMap<TopicPartition, OffsetAndMetadata>();
            for (var partition : partitions) {
                var ledger = ledgers.get(partition);
                if (ledger != null) {
                    ledger.toCommit().ifPresent(to -> positions.put(partition, new OffsetAndMetadata(to)));
                }
            }
            return positions;
        }

        private void committed(Map<TopicPartition, OffsetAndMetadata> positions) {
            positions.forEach((partition, position) -> {
                var ledger = ledgers.get(partition);
                if (ledger != null) {
                    ledger.committed(position.offset());
                }
            });
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            partitions.forEach(partition -> ledgers.put(partition, new OffsetLedger()));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            mirror.leave(lane -> partitions.stream().anyMatch(partition -> partition.partition() == lane), HAND_OVER);
            var reading = consumer;
            var positions = positions(partitions);
            if (reading != null && !positions.isEmpty()) {
                try {
                    reading.commitSync(positions, HAND_OVER);
                } catch (KafkaException e) {
                    log.warn("What was done last will be looked at again: {}", e.getMessage());
                }
            }
            partitions.forEach(ledgers::remove);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            leave(partitions);
        }

        private void leave(Collection<TopicPartition> partitions) {
            mirror.leave(lane -> partitions.stream().anyMatch(partition -> partition.partition() == lane), HAND_OVER);
            partitions.forEach(ledgers::remove);
        }

        void stop() {
            stopping.countDown();
            synchronized (this) {
                if (consumer != null) {
                    consumer.wakeup();
                }
            }
            try {
                if (!stopped.await(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                    log.warn("Reading did not end within {}; what is under way counts as undone", STOP);
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
