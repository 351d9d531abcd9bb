package app.kulti.recording.infra.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKafkaIT {

    private static final int RECORDS = 5_000;

    @TempDir
    private static Path folder;

    private static LocalKafka kafka;

    @BeforeAll
    static void start() {
        kafka = LocalKafka.start(folder, Port.any("Kafka"));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void whatWasAcknowledgedIsThereAfterAKill() throws Exception {
        create("killed");
        var sent = IntStream.range(0, RECORDS).boxed().toList();
        send("killed", sent);

        kafka.kill();
        kafka.restart();

        assertThat(read("killed", RECORDS)).containsExactlyElementsOf(sent);
    }

    @Test
    void aSecondBrokerOnTheFolderFindsItsTopics() throws Exception {
        create("kept");
        send("kept", List.of(7));
        kafka.stop();

        kafka = LocalKafka.start(folder, Port.any("Kafka"));

        assertThat(read("kept", 1)).containsExactly(7);
    }

    @Test
    void aTopicThatNobodyCreatedStaysAbsent() {
        try (var producer = new KafkaProducer<Integer, Integer>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.block.ms", 2_000), new IntegerSerializer(),
                new IntegerSerializer())) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("mistyped", 1)).get())
                    .isInstanceOf(ExecutionException.class).hasCauseInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void itIsSmall() {
        assertThat(Memory.residentMebibytes(kafka.process())).isLessThan(300);
    }

    private static void create(String topic) throws Exception {
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    private static void send(String topic, List<Integer> values) throws Exception {
        try (var producer = new KafkaProducer<Integer, Integer>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all"), new IntegerSerializer(),
                new IntegerSerializer())) {
            for (var sent : values.stream().map(value -> producer.send(new ProducerRecord<>(topic, value))).toList()) {
                sent.get();
            }
        }
    }

    private static Set<Integer> read(String topic, int count) {
        var values = new TreeSet<Integer>();
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "group.id", "reader-of-" + topic,
                        "auto.offset.reset", "earliest"),
                new IntegerDeserializer(), new IntegerDeserializer())) {
            consumer.subscribe(List.of(topic));
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
                return values.size() >= count;
            });
        }
        return values;
    }
}
