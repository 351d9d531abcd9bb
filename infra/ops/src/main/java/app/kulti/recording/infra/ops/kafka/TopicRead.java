package app.kulti.recording.infra.ops.kafka;

import app.kulti.recording.events.OperatorAction.Span;
import app.kulti.recording.infra.ops.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads a stretch of a topic, without a group: nobody's position moves. */
public final class TopicRead {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private final Broker broker;
    private final String topic;

    public TopicRead(Broker broker, String topic) {
        this.broker = broker;
        this.topic = topic;
    }

    /**
     * What was written from {@code from} to before {@code to}, by the records' own timestamps. Partitions without any are
     * left out.
     *
     * @throws Told when the topic is gone
     */
    public List<Span> between(Instant from, Instant to) {
        var starts = offsets(OffsetSpec.forTimestamp(from.toEpochMilli()));
        var ends = offsets(OffsetSpec.forTimestamp(to.toEpochMilli()));
        var latest = offsets(OffsetSpec.latest());
        var spans = new ArrayList<Span>();
        latest.forEach((partition, last) -> {
            // Nothing at or after a moment is told as -1: the whole partition is older.
            var start = starts.getOrDefault(partition, -1L);
            var end = ends.getOrDefault(partition, -1L);
            var span = new Span(partition, start < 0 ? last : start, end < 0 ? last : end);
            if (span.from() < span.to()) {
                spans.add(span);
            }
        });
        spans.sort(Comparator.comparingInt(Span::partition));
        return spans;
    }

    /** Everything that lies there now. */
    public List<Span> all() {
        var earliest = offsets(OffsetSpec.earliest());
        var latest = offsets(OffsetSpec.latest());
        return latest.entrySet().stream()
                .map(end -> new Span(end.getKey(), earliest.getOrDefault(end.getKey(), 0L), end.getValue()))
                .filter(span -> span.from() < span.to()).sorted(Comparator.comparingInt(Span::partition)).toList();
    }

    /** What has come since {@code before}, the end of all partitions at some earlier time. */
    public List<Span> since(Map<Integer, Long> before) {
        return ends().entrySet().stream()
                .map(end -> new Span(end.getKey(), before.getOrDefault(end.getKey(), 0L), end.getValue()))
                .filter(span -> span.from() < span.to()).sorted(Comparator.comparingInt(Span::partition)).toList();
    }

    /** The offset after the last, by partition. */
    public Map<Integer, Long> ends() {
        return offsets(OffsetSpec.latest());
    }

    private Map<Integer, Long> offsets(OffsetSpec spec) {
        var partitions = broker.get(broker.admin().describeTopics(List.of(topic)).allTopicNames()).get(topic);
        if (partitions == null) {
            throw Told.unreachable("The topic %s is not there. kulti-ops doctor says which should be.".formatted(topic),
                    null);
        }
        var asked = new HashMap<TopicPartition, OffsetSpec>();
        partitions.partitions().forEach(info -> asked.put(new TopicPartition(topic, info.partition()), spec));
        var offsets = new HashMap<Integer, Long>();
        broker.get(broker.admin().listOffsets(asked).all())
                .forEach((partition, found) -> offsets.put(partition.partition(), found.offset()));
        return offsets;
    }

    /**
     * Hands over each record of the spans, one span after the other and in order, until {@code more} says no.
     *
     * @throws Told when the broker falls silent, or what lay there has been deleted meanwhile
     */
    public void each(List<Span> spans, Predicate<ConsumerRecord<String, byte[]>> more) {
        if (spans.isEmpty()) {
            return;
        }
        // One connection for all partitions: to open one takes longer than to read a span.
        try (var consumer = broker.consumer()) {
            for (var span : spans) {
                if (!read(consumer, span, more)) {
                    return;
                }
            }
        } catch (OffsetOutOfRangeException e) {
            throw Told
                    .unreachable("%s no longer has all that was asked for (%s): its retention has passed it. Ask again."
                            .formatted(topic, e.offsetOutOfRangePartitions()), e);
        } catch (KafkaException e) {
            throw broker.told(e);
        }
    }

    /** Whether there is to be more. */
    private boolean read(Consumer<String, byte[]> consumer, Span span,
            Predicate<ConsumerRecord<String, byte[]>> more) {
        var partition = new TopicPartition(topic, span.partition());
        consumer.assign(List.of(partition));
        consumer.seek(partition, span.from());
        var silent = Duration.ZERO;
        while (consumer.position(partition) < span.to()) {
            var records = consumer.poll(POLL).records(partition);
            silent = records.isEmpty() ? silent.plus(POLL) : Duration.ZERO;
            if (silent.compareTo(SILENCE) > 0) {
                throw broker.told(new TimeoutException(
                        "nothing came of %s-%d".formatted(topic, span.partition())));
            }
            for (var record : records) {
                if (record.offset() >= span.to()) {
                    return true;
                }
                if (!more.test(record)) {
                    return false;
                }
            }
        }
        return true;
    }
}
