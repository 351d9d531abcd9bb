package app.kulti.recording.infra.messaging;

import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.events.wire.Topic;
import app.kulti.recording.events.wire.UnreadableMessage;
import io.micrometer.tracing.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Reads one topic in batches, for one service. What is no message is dead-lettered and the partition moves on; what fails
 * for now is tried again in place, with growing pauses and without end, while the partition waits.
 */
public final class TopicReader<M> {
    private static final Logger log = LoggerFactory.getLogger(TopicReader.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Topic<M> topic;
    private final ServiceName reader;
    private final RecordReading<M> reading;
    private final BatchHandler<M> handler;
    private final Predicate<Throwable> isTransient;
    private final DeadLetters deadLetters;
    private final Traces traces;
    private final MessageSpans<M> spans;

    /** A reader that is not yet reading, and does not trace. */
    public TopicReader(Topic<M> topic, ServiceName reader, BatchHandler<M> handler,
            KafkaOperations<String, byte[]> kafka, Predicate<Throwable> isTransient) {
        this(topic, reader, handler, kafka, isTransient, Traces.none());
    }

    /**
     * A reader that is not yet reading.
     *
     * @param kafka       for the dead letters; its producer takes records of up to 2 MiB
     * @param isTransient which of the handler's faults may pass by themselves, see {@link TransientFaults}
     * @param traces      where they are on, the handler's messages go on from the span in which they are acted on
     */
    public TopicReader(Topic<M> topic, ServiceName reader, BatchHandler<M> handler,
            KafkaOperations<String, byte[]> kafka, Predicate<Throwable> isTransient, Traces traces) {
        this.topic = topic;
        this.reader = reader;
        this.reading = new RecordReading<>(topic);
        this.handler = handler;
        this.isTransient = isTransient;
        this.deadLetters = new DeadLetters(topic, reader, kafka);
        this.traces = traces;
        this.spans = new MessageSpans<>(topic, traces);
    }

    /**
     * The container that reads, for a {@link PatientStart} to start and for Spring to stop. Offsets are committed when the
     * handler has returned.
     *
     * @param consumers   with byte array values, auto commit off, and their own {@code max.poll.records}
     * @param concurrency threads, at most one per partition
     */
    public ConcurrentMessageListenerContainer<String, byte[]> container(ConsumerFactory<String, byte[]> consumers,
            int concurrency) {
        var properties = new ContainerProperties(topic.name());
        properties.setGroupId("kulti." + reader.wireName() + "." + topic.name());
        properties.setMessageListener((BatchMessageListener<String, byte[]>) this::onBatch);
        properties.setAckMode(ContainerProperties.AckMode.BATCH);
        // Neither a broker nor a topic that is not there yet stops the service: it comes up and waits.
        properties.setMissingTopicsFatal(false);
        properties.setAuthExceptionRetryInterval(LONGEST_PAUSE);
        var container = new ConcurrentMessageListenerContainer<>(consumers, properties);
        container.setConcurrency(concurrency);
        container.setAutoStartup(false);
        container.setBeanName(reader.wireName() + "-" + topic.name());
        container.setCommonErrorHandler(waitingInPlace());
        return container;
    }

    /** Without end: only what is transient gets here, everything else was dead-lettered by then. */
    private static DefaultErrorHandler waitingInPlace() {
        var pauses = new ExponentialBackOff(FIRST_PAUSE.toMillis(), 2);
        pauses.setMaxInterval(LONGEST_PAUSE.toMillis());
        var waiting = new DefaultErrorHandler(pauses);
        // By itself it takes some kinds of cause, wherever they come from, as a reason to pass the whole batch over.
        waiting.setClassifications(Map.of(), true);
        return waiting;
    }

    private void onBatch(List<ConsumerRecord<String, byte[]>> records) {
        var legible = new ArrayList<Legible<M>>(records.size());
        var illegible = new ArrayList<Illegible>();
        for (var record : records) {
            try {
                legible.add(legible(record));
            } catch (UnreadableMessage e) {
                illegible.add(new Illegible(record, e));
            }
        }
        if (!legible.isEmpty()) {
            try {
                handle(legible);
            } finally {
                legible.forEach(one -> one.span().end());
            }
        }
        // Last, so that a batch which waits does not put the same record aside each time it is tried.
        illegible.forEach(one -> deadLetters.accept(one.record(), one.reason()));
    }

    /** What is applied as one batch was sent one by one: each message has a span of its own, in its own trace. */
    private Legible<M> legible(ConsumerRecord<String, byte[]> record) {
        var received = reading.read(record);
        if (!traces.areOn()) {
            return new Legible<>(record, received, Span.NOOP);
        }
        var span = spans.processing(received);
        return new Legible<>(record, received.traced(traces.traceparent(span)), span);
    }

    private void handle(List<Legible<M>> batch) {
        try {
            handler.handle(batch.stream().map(Legible::received).toList());
        } catch (RuntimeException e) {
            if (isTransient.test(e)) {
                log.warn("{} waits at {}@{}: {}", topic.name(), batch.getFirst().received().partition(),
                        batch.getFirst().received().offset(), e.toString());
                batch.forEach(one -> one.span().error(e));
                throw e;
            }
            if (batch.size() == 1) {
                batch.getFirst().span().error(e);
                deadLetters.accept(batch.getFirst().record(), e);
                return;
            }
            // One of them is poison. What is applied twice is applied once, so each half can simply be tried by itself.
            var half = batch.size() / 2;
            handle(batch.subList(0, half));
            handle(batch.subList(half, batch.size()));
        }
    }

    private record Illegible(ConsumerRecord<String, byte[]> record, UnreadableMessage reason) {}

    private record Legible<M>(ConsumerRecord<String, byte[]> record, Received<M> received, Span span) {}
}
