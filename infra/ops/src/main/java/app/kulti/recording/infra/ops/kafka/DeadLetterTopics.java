package app.kulti.recording.infra.ops.kafka;

import app.kulti.recording.events.OperatorAction.Span;
import app.kulti.recording.events.wire.Topic;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.infra.ops.Told;
import app.kulti.recording.infra.ops.Why;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** The dead-letter topics: what lies there, and its way back. */
public final class DeadLetterTopics implements AutoCloseable {
    /** What Spring's recoverer writes, and what {@code DeadLetters} in infra/messaging leaves of it. */
    private static final String ORIGINAL_TOPIC = "kafka_dlt-original-topic";
    private static final String ORIGINAL_PARTITION = "kafka_dlt-original-partition";
    private static final String ORIGINAL_OFFSET = "kafka_dlt-original-offset";
    private static final String CAUSE = "kafka_dlt-exception-cause-fqcn";
    private static final String FAULT = "kafka_dlt-exception-fqcn";
    private static final String MESSAGE = "kafka_dlt-exception-message";

    /** How often operators have tried it again; ours, and carried along when it fails again. */
    private static final String RETRIES = "kulti-retries";
    private static final String EVENT = "ce_id";

    /** A message is its CloudEvents attributes; traces and what clusters and readers add stay behind. */
    private static final String ATTRIBUTE = "ce_";
    private static final Set<String> LEFT_BEHIND = Set.of("ce_traceparent", "ce_tracestate", "ce_replayedby",
            "ce_replayreason");

    private final Broker broker;
    private @Nullable Producer<String, byte[]> producer;

    public DeadLetterTopics(Broker broker) {
        this.broker = broker;
    }

    /**
     * A record that was put aside.
     *
     * @param at       when it was
     * @param event    {@code ce_id}; null when it has none
     * @param original where it was read
     * @param attempts how often operators have tried it again by now
     */
    public record DeadLetter(Place place, Instant at, @Nullable String event, Place original, String reason,
            int attempts) {}

    /** Where a record lies; {@code hms.webhooks.processor.dlt@5} where there is one partition. */
    public record Place(String topic, int partition, long offset) {
        @Override
        public String toString() {
            return partition == 0 ? topic + "@" + offset : topic + "-" + partition + "@" + offset;
        }
    }

    /** All that is kept, of one topic or, for null, of all. */
    public List<DeadLetter> list(@Nullable String only) {
        var all = new ArrayList<DeadLetter>();
        // One that nobody made yet holds nothing; the doctor says that it should be there.
        var there = broker.get(broker.admin().listTopics().names());
        for (var name : names(only).stream().filter(there::contains).toList()) {
            var topic = new TopicRead(broker, name);
            topic.each(topic.all(), record -> all.add(letter(record)));
        }
        return all;
    }

    private static List<String> names(@Nullable String only) {
        var all = Topics.DEAD_LETTERS.stream().map(Topic.DeadLetters::name).toList();
        var chosen = all.stream().filter(name -> only == null || name.equals(only)).toList();
        if (chosen.isEmpty()) {
            throw Told.usage("There is no dead-letter topic %s, but %s.".formatted(only, String.join(", ", all)));
        }
        return chosen;
    }

    /** The record itself. */
    public Optional<ConsumerRecord<String, byte[]>> read(Place place) {
        names(place.topic());
        var found = new ArrayList<ConsumerRecord<String, byte[]>>();
        var topic = new TopicRead(broker, place.topic());
        var there = topic.all().stream().anyMatch(span -> span.partition() == place.partition()
                && span.from() <= place.offset() && place.offset() < span.to());
        if (there) {
            topic.each(List.of(new Span(place.partition(), place.offset(), place.offset() + 1)), found::add);
        }
        return found.stream().findFirst();
    }

    /** What its headers tell. */
    public static DeadLetter letter(ConsumerRecord<String, byte[]> record) {
        var headers = record.headers();
        var original = new Place(text(headers, ORIGINAL_TOPIC).orElse(""),
                number(headers, ORIGINAL_PARTITION).map(Long::intValue).orElse(-1),
                number(headers, ORIGINAL_OFFSET).orElse(-1L));
        var message = text(headers, MESSAGE).orElse("");
        var fault = text(headers, CAUSE).or(() -> text(headers, FAULT)).orElse("unknown");
        var kind = fault.substring(fault.lastIndexOf('.') + 1);
        return new DeadLetter(new Place(record.topic(), record.partition(), record.offset()),
                Instant.ofEpochMilli(record.timestamp()), text(headers, EVENT).orElse(null), original,
                message.isEmpty() ? kind : message, text(headers, RETRIES).map(Integer::parseInt).orElse(0));
    }

    /** All headers as text, for people. */
    public static Map<String, String> headers(ConsumerRecord<String, byte[]> record) {
        var all = new LinkedHashMap<String, String>();
        record.headers().forEach(header -> all.put(header.key(), header.key().equals(ORIGINAL_PARTITION)
                || header.key().equals(ORIGINAL_OFFSET) || header.key().equals("kafka_dlt-original-timestamp")
                        ? number(record.headers(), header.key()).map(Object::toString).orElse("")
                        : new String(header.value(), StandardCharsets.UTF_8)));
        return all;
    }

    /**
     * Puts it back on the topic it came from, unchanged: key, value and attributes, with who and why.
     *
     * @return how often that has been done now
     * @throws Told when that is no topic of this system, or the broker does not take it
     */
    public int putBack(ConsumerRecord<String, byte[]> record, Why.Said said) {
        var letter = letter(record);
        var topic = Topics.ALL.stream().map(Topic::name).filter(letter.original().topic()::equals).findFirst()
                .orElseThrow(() -> Told.usage("%s came from \"%s\", which is no topic of recordings.".formatted(
                        letter.place(), letter.original().topic())));
        var attempt = letter.attempts() + 1;
        var headers = new RecordHeaders();
        record.headers().forEach(header -> {
            if (isCarriedOver(header)) {
                headers.add(header);
            }
        });
        headers.add("ce_replayedby", said.by().getBytes(StandardCharsets.UTF_8));
        headers.add("ce_replayreason", said.reason().getBytes(StandardCharsets.UTF_8));
        headers.add(RETRIES, Integer.toString(attempt).getBytes(StandardCharsets.UTF_8));
        try {
            producer().send(new ProducerRecord<>(topic, null, null, record.key(), record.value(), headers))
                    .get(Broker.LIMIT.toMillis() * 3, TimeUnit.MILLISECONDS);
            return attempt;
        } catch (ExecutionException e) {
            throw broker.told(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | KafkaException e) {
            throw broker.told(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw broker.told(e);
        }
    }

    /** Made for the first that goes back, and kept for the others. */
    private Producer<String, byte[]> producer() {
        if (producer == null) {
            producer = broker.producer();
        }
        return producer;
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(Broker.LIMIT);
        }
    }

    private static boolean isCarriedOver(Header header) {
        return (header.key().startsWith(ATTRIBUTE) || header.key().equals("content-type"))
                && !LEFT_BEHIND.contains(header.key());
    }

    private static Optional<String> text(Headers headers, String name) {
        return Optional.ofNullable(headers.lastHeader(name)).map(Header::value)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Spring writes numbers in as many bytes as they have. */
    private static Optional<Long> number(Headers headers, String name) {
        return Optional.ofNullable(headers.lastHeader(name)).map(Header::value).flatMap(bytes -> switch (bytes.length) {
            case Integer.BYTES -> Optional.of((long) ByteBuffer.wrap(bytes).getInt());
            case Long.BYTES -> Optional.of(ByteBuffer.wrap(bytes).getLong());
            default -> Optional.empty();
        });
    }
}
