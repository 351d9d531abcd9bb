package app.kulti.recording.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.infra.local.testing.RealKafka;
import app.kulti.recording.infra.messaging.TopicProvisioning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** Everything that lies on {@code hms.webhooks}, read without the service's own code. */
final class WebhooksTopic implements AutoCloseable {
    private static final class Shared {
        private static final WebhooksTopic TOPIC = create();

        private static WebhooksTopic create() {
            try {
                return WebhooksTopic.create(RealKafka.shared().bootstrapServers());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions = IntStream.range(0, Topics.WEBHOOKS.partitions())
            .mapToObj(partition -> new TopicPartition("hms.webhooks", partition)).toList();
    private final List<ConsumerRecord<String, byte[]>> read = new ArrayList<>();

    private WebhooksTopic(String kafka) {
        consumer = new KafkaConsumer<>(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka),
                new StringDeserializer(), new ByteArrayDeserializer());
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** That of the shared broker. */
    static WebhooksTopic shared() {
        return Shared.TOPIC;
    }

    static WebhooksTopic create(String kafka) throws InterruptedException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            TopicProvisioning.createMissing(admin, (short) 1, Duration.ofSeconds(60));
        }
        return new WebhooksTopic(kafka);
    }

    /** How many records there are; they are read at once, so none can be overlooked that was there before the call. */
    long size() {
        return consumer.endOffsets(partitions, Duration.ofSeconds(20)).values().stream().mapToLong(Long::longValue)
                .sum();
    }

    List<ConsumerRecord<String, byte[]>> records(EventId id) {
        consumer.poll(Duration.ofMillis(50)).forEach(read::add);
        return read.stream().filter(record -> id.toString().equals(headers(record).get("ce_id"))).toList();
    }

    ConsumerRecord<String, byte[]> awaitRecord(EventId id) {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> records(id), found -> !found.isEmpty())
                .getFirst();
    }

    void awaitRecords(Collection<EventId> ids) {
        var missing = new HashSet<>(ids.stream().map(EventId::toString).toList());
        read.forEach(record -> missing.remove(headers(record).get("ce_id")));
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            consumer.poll(Duration.ofMillis(50)).forEach(record -> {
                read.add(record);
                missing.remove(headers(record).get("ce_id"));
            });
            return missing.isEmpty();
        });
    }

    /** As text; the caller may change the map. */
    static Map<String, String> headers(ConsumerRecord<String, byte[]> record) {
        var headers = new HashMap<String, String>();
        StreamSupport.stream(record.headers().spliterator(), false)
                .forEach((Header header) -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return headers;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
