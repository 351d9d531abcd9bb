package app.kulti.recording.infra.ops;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.RawBody;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.infra.db.LocalDatabase;
import app.kulti.recording.infra.db.Login;
import app.kulti.recording.infra.local.LocalKafka;
import app.kulti.recording.infra.local.Port;
import app.kulti.recording.infra.local.Started;
import app.kulti.recording.infra.local.testing.RealPostgres;
import app.kulti.recording.infra.local.testing.TestDatabase;
import app.kulti.recording.infra.ops.kafka.Broker;
import app.kulti.recording.infra.ops.kafka.Groups;
import app.kulti.recording.infra.ops.kafka.TopicRead;
import app.kulti.recording.infra.ops.kafka.TopicWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/**
 * A broker that can be killed, a database, and neighbours who say what a test wants them to; shared by all tests of this
 * JVM, which keep apart by rooms of their own. In the processor's place is somebody who says that nothing changes, and
 * whose group has read everything.
 */
final class RunningServers {
    static final String WEBHOOKS = Topics.WEBHOOKS.name();
    static final String GROUP = Groups.of(ServiceName.PROCESSOR, WEBHOOKS);

    private static final class Shared {
        private static final RunningServers SERVERS = start();

        private static RunningServers start() {
            try {
                return new RunningServers();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    final LocalKafka kafka;
    final Neighbour hms;
    private final TestDatabase database;
    private final Map<ServiceName, Neighbour> services = new EnumMap<>(ServiceName.class);
    private final Broker broker;

    private RunningServers() throws Exception {
        var parts = Started.endingWithThisJvm();
        var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "servers-");
        kafka = parts.add(LocalKafka.start(folder, Port.any("Kafka")));
        database = freshDatabase();
        hms = parts.add(new Neighbour());
        for (var service : List.of(ServiceName.GATEWAY, ServiceName.INGEST, ServiceName.PROCESSOR,
                ServiceName.MIRROR)) {
            services.put(service, parts.add(new Neighbour()));
        }
        broker = parts.add(new Broker(new OpsSettings(environment("test"))));
        makeMissingTopics();
        allIsWell();
    }

    static RunningServers shared() {
        return Shared.SERVERS;
    }

    private static void prepare(TestDatabase empty) {
        try {
            LocalDatabase.prepare(empty.jdbcUrl(), empty.user(), empty.password());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Before each test, for the one before may have left its neighbours in trouble. */
    void allIsWell() {
        hms.says("/v2/recordings", 200, "{\"limit\":10,\"data\":[],\"last\":\"\"}");
        services.values().forEach(service -> service
                .says("/actuator/health/readiness", 200, "{\"status\":\"UP\"}")
                .says("/ops/check", 200, "{\"ok\":true,\"checks\":[{\"name\":\"its key works\",\"ok\":true}]}"));
        service(ServiceName.PROCESSOR).says("/ops/preview", 200,
                webhooks -> promise(webhooks.lines().count(), "DUPLICATE", ""));
        hasRead(1_000_000);
    }

    /** The processor's word on so many webhooks. */
    static String promise(long webhooks, String fate, String recordings) {
        return """
                {"webhooks":%d,"types":{"beam.started.success":{"%s":%d}},"recordings":[%s]}"""
                .formatted(webhooks, fate, webhooks, recordings);
    }

    Neighbour service(ServiceName name) {
        var service = services.get(name);
        if (service == null) {
            throw new IllegalArgumentException(name + " has no management port");
        }
        return service;
    }

    /** Those that are there stay. */
    void makeMissingTopics() throws Exception {
        try (var admin = admin()) {
            AllTopics.makeMissing(admin);
        }
    }

    Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    Broker broker() {
        return broker;
    }

    TestDesk desk(String operator) {
        return TestDesk.of(environment(operator));
    }

    /** Somebody whose environment differs in this. */
    TestDesk desk(String operator, Map<String, String> instead) {
        var environment = environment(operator);
        environment.putAll(instead);
        return TestDesk.of(environment);
    }

    Map<String, String> environment(String operator) {
        var environment = new HashMap<>(Map.of("SPRING_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                // A broker that was killed is noticed sooner than by the tool's own limits.
                "SPRING_KAFKA_PROPERTIES_REQUEST_TIMEOUT_MS", "2000",
                "SPRING_KAFKA_PROPERTIES_DELIVERY_TIMEOUT_MS", "3000",
                "SPRING_KAFKA_PROPERTIES_MAX_BLOCK_MS", "3000",
                "SPRING_KAFKA_PROPERTIES_DEFAULT_API_TIMEOUT_MS", "4000",
                "SPRING_DATASOURCE_URL", database.jdbcUrl(),
                "SPRING_DATASOURCE_PASSWORD", LocalDatabase.passwordOf(Login.OPS),
                "KULTI_HMS_BASEURL", hms.address().resolve("/v2").toString(),
                "KULTI_HMS_ACCESSKEY", "key",
                "KULTI_HMS_APPSECRET", "a secret of more than thirty-two bytes"));
        environment.put("KULTI_OPS_OPERATOR", operator);
        services.forEach((name, service) -> environment.put("KULTI_OPS_" + name, service.address().toString()));
        return environment;
    }

    /** Another one, for a test that wants to see all that is in it; its environment is {@link #in}. */
    TestDatabase freshDatabase() {
        return RealPostgres.shared().freshDatabase("ops", RunningServers::prepare);
    }

    /** What tells a desk to use that database. */
    static Map<String, String> in(TestDatabase database) {
        return Map.of("SPRING_DATASOURCE_URL", database.jdbcUrl());
    }

    /** Sets the database up, unhindered. */
    void sql(String script) throws SQLException {
        sql(database, script);
    }

    static void sql(TestDatabase database, String script) throws SQLException {
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                var statement = connection.createStatement()) {
            statement.execute(script);
        }
    }

    TestDatabase database() {
        return database;
    }

    /** Webhooks of one room, as the door writes them. */
    void deliver(String room, int count) {
        try (var writer = new TopicWriter<>(broker, Topics.WEBHOOKS)) {
            IntStream.range(0, count).forEach(i -> writer.write(webhook("beam.started.success", room,
                    "{\"room_id\":\"%s\",\"n\":%d}".formatted(room, i))));
            writer.flush();
        }
    }

    /** One webhook of a type and room, with that {@code data}. */
    void deliver(String type, String room, String data) {
        try (var writer = new TopicWriter<>(broker, Topics.WEBHOOKS)) {
            writer.write(webhook(type, room, data));
            writer.flush();
        }
    }

    private static Envelope<HmsWebhook> webhook(String type, String room, String data) {
        var body = "{\"type\":\"%s\",\"data\":%s}".formatted(type, data).getBytes(StandardCharsets.UTF_8);
        return Envelope.of(EventId.ofBody(body), Instant.now(), ServiceName.INGEST,
                new HmsWebhook.Delivered(type, new RoomId(room), null, RawBody.of(body)));
    }

    /** What lies on the webhooks' topic of that room. */
    List<ConsumerRecord<String, byte[]>> webhooks(String room) {
        return records(WEBHOOKS, Topics.WEBHOOKS.partitions(), room);
    }

    /** What lies on a topic under that key. */
    List<ConsumerRecord<String, byte[]>> records(String topic, int partitions, String key) {
        var found = new ArrayList<ConsumerRecord<String, byte[]>>();
        var read = new TopicRead(broker, topic);
        var partition = Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
        read.each(read.all().stream().filter(span -> span.partition() == partition).toList(), record -> {
            if (key.equals(record.key())) {
                found.add(record);
            }
            return true;
        });
        return found;
    }

    static String room() {
        return "room-" + UUID.randomUUID();
    }

    /** Empty where there is none. */
    static String header(ConsumerRecord<String, byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** The processor's groups are there; far past the end it is as if it read whatever comes. */
    void hasRead(long offset) {
        for (var topic : List.of(Topics.WEBHOOKS, Topics.FINDINGS)) {
            hasRead(topic.name(), IntStream.range(0, topic.partitions()).boxed()
                    .collect(Collectors.toMap(partition -> partition, _ -> offset)));
        }
    }

    /** The processor has read every webhook that is there. */
    void hasReadItAll() {
        hasRead(WEBHOOKS, new TopicRead(broker, WEBHOOKS).ends());
    }

    private void hasRead(String topic, Map<Integer, Long> positions) {
        try (var admin = admin()) {
            var moved = new HashMap<TopicPartition, OffsetAndMetadata>();
            positions.forEach((partition, offset) -> moved.put(new TopicPartition(topic, partition),
                    new OffsetAndMetadata(offset)));
            admin.alterConsumerGroupOffsets(Groups.of(ServiceName.PROCESSOR, topic), moved).all()
                    .get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
