package app.kulti.recording.infra.ops;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.RawBody;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.events.wire.Topic;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.infra.db.LocalDatabase;
import app.kulti.recording.infra.db.Login;
import app.kulti.recording.infra.local.LocalKafka;
import app.kulti.recording.infra.local.Port;
import app.kulti.recording.infra.local.testing.RealPostgres;
import app.kulti.recording.infra.local.testing.TestDatabase;
import app.kulti.recording.infra.ops.kafka.Broker;
import app.kulti.recording.infra.ops.kafka.TopicRead;
import app.kulti.recording.infra.ops.kafka.TopicWriter;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A broker that can be killed, a database, and in the processor's place somebody who says that nothing changes. */
final class RunningServers implements AutoCloseable {
    final LocalKafka kafka;
    private final TestDatabase database;
    private final HttpServer processor;

    RunningServers(Path folder) throws IOException, InterruptedException {
        kafka = LocalKafka.start(folder, Port.any("Kafka"));
        database = RealPostgres.shared().freshDatabase("ops", RunningServers::prepare);
        processor = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        processor.createContext("/ops/preview", exchange -> {
            try (exchange) {
                var lines = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).lines()
                        .count();
                var answer = """
                        {"webhooks":%d,"types":{"beam.started.success":{"DUPLICATE":%d}},"recordings":[]}"""
                        .formatted(lines, lines).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        processor.start();
        makeTopics();
    }

    private static void prepare(TestDatabase empty) {
        try {
            LocalDatabase.prepare(empty.jdbcUrl(), empty.user(), empty.password());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void makeTopics() throws InterruptedException {
        try (var admin = admin()) {
            var topics = new ArrayList<NewTopic>();
            Stream.concat(Topics.ALL.stream(), Stream.of(Topics.AUDIT)).forEach(topic -> topics.add(
                    new NewTopic(topic.name(), topic.partitions(), (short) 1).configs(config(topic.kept().toMillis(),
                            topic.maxBytes()))));
            Topics.DEAD_LETTERS.forEach(topic -> topics.add(new NewTopic(topic.name(), topic.partitions(), (short) 1)
                    .configs(config(topic.kept().toMillis(), topic.maxBytes()))));
            admin.createTopics(topics).all().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> config(long kept, int largest) {
        return Map.of("retention.ms", Long.toString(kept), "max.message.bytes", Integer.toString(largest));
    }

    Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    TestDesk desk(String operator) {
        return TestDesk.of(environment(operator));
    }

    Map<String, String> environment(String operator) {
        var environment = new HashMap<>(Map.of("SPRING_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                "SPRING_DATASOURCE_URL", database.jdbcUrl(), "SPRING_DATASOURCE_PASSWORD",
                LocalDatabase.passwordOf(Login.OPS), "KULTI_OPS_OPERATOR", operator));
        environment.put("KULTI_OPS_PROCESSOR", "http://127.0.0.1:" + processor.getAddress().getPort());
        return environment;
    }

    /** Webhooks of one room, as the door writes them. */
    void deliver(String room, int count) {
        try (var broker = broker(); var writer = new TopicWriter<>(broker, Topics.WEBHOOKS)) {
            for (var i = 0; i < count; i++) {
                var body = "{\"type\":\"beam.started.success\",\"data\":{\"room_id\":\"%s\",\"n\":%d}}"
                        .formatted(room, i)
                        .getBytes(StandardCharsets.UTF_8);
                writer.write(Envelope.of(EventId.ofBody(body), Instant.now(), ServiceName.INGEST,
                        new HmsWebhook.Delivered("beam.started.success", new RoomId(room), null, RawBody.of(body))));
            }
            writer.flush();
        }
    }

    /** What lies on a topic under that key. */
    List<ConsumerRecord<String, byte[]>> records(String topic, String key) {
        var found = new ArrayList<ConsumerRecord<String, byte[]>>();
        try (var broker = broker()) {
            var read = new TopicRead(broker, topic);
            read.all().forEach(span -> read.each(span, record -> {
                if (key.equals(record.key())) {
                    found.add(record);
                }
                return true;
            }));
        }
        return found;
    }

    Broker broker() {
        return new Broker(new OpsSettings(environment("test")));
    }

    static String room() {
        return "room-" + UUID.randomUUID();
    }

    static Topic<?> webhooks() {
        return Topics.WEBHOOKS;
    }

    @Override
    public void close() {
        processor.stop(0);
        kafka.close();
    }
}
