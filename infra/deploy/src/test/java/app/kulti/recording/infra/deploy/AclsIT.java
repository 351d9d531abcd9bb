package app.kulti.recording.infra.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.wire.Topic;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.infra.messaging.TopicRights;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a real broker with the rights of {@code kafka/acls.sh} each may do what the contract lets it, and nothing else:
 * every user has tried to write and to read every topic.
 */
class AclsIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final List<String> USERS = List.of("api-gateway", "webhook-ingest", "recording-processor",
            "storage-mirror", "kulti-ops", "kafka-lag", "somebody-else");
    private static final List<String> TOPICS = Stream.of(Topics.ALL.stream().map(Topic::name),
            Topics.DEAD_LETTERS.stream().map(Topic.DeadLetters::name), Stream.of(Topics.AUDIT.name()))
            .flatMap(names -> names).toList();

    /** The contract's table of topics: W who writes, R who reads. */
    private static final String RIGHTS = """
                                          gateway ingest processor mirror ops lag else
            recording.commands               W-     --      -R       --   WR  --   --
            hms.webhooks                     --     W-      -R       --   WR  --   --
            recording.findings               --     --      WR       --   WR  --   --
            recording.events                 -R     --      W-       -R   WR  --   --
            mirror.reports                   --     --      -R       W-   WR  --   --
            recording.commands.processor.dlt --     --      W-       --   WR  --   --
            hms.webhooks.processor.dlt       --     --      W-       --   WR  --   --
            recording.findings.processor.dlt --     --      W-       --   WR  --   --
            mirror.reports.processor.dlt     --     --      W-       --   WR  --   --
            recording.events.mirror.dlt      --     --      --       W-   WR  --   --
            recording.events.gateway.dlt     W-     --      --       --   WR  --   --
            ops.audit                        --     --      --       --   WR  --   --
            """;

    private static GuardedBroker broker;

    @BeforeAll
    static void begin(@TempDir Path folder) throws Exception {
        broker = GuardedBroker.start(folder, USERS);
        try (var admin = Admin.create(broker.administrator())) {
            admin.createTopics(TOPICS.stream().map(name -> new NewTopic(name, 1, (short) 1)).toList()).all()
                    .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
        broker.applyTheScript();
    }

    @AfterAll
    static void end() {
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void aServiceThatTriesItsRightsIsToldWhatItLacks() {
        var taken = new TopicRights(broker.clientOf("webhook-ingest"));
        assertThat(taken.obstacle(Topics.WEBHOOKS, AclOperation.WRITE).block(LIMIT)).isNull();
        assertThat(taken.obstacle(Topics.WEBHOOKS, AclOperation.READ).block(LIMIT)).contains("do not let it read",
                "kafka/acls.sh");
        var both = new TopicRights(broker.clientOf("recording-processor"));
        assertThat(both.obstacle(Topics.FINDINGS, AclOperation.READ, AclOperation.WRITE).block(LIMIT)).isNull();
        assertThat(both.obstacle(Topics.REPORTS, AclOperation.READ, AclOperation.WRITE).block(LIMIT))
                .contains("do not let it write:");
        assertThat(obstacleTo("somebody-else")).contains("kafka/acls.sh");
        assertThat(obstacleTo("nobody")).contains("do not take the login", "SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG")
                .doesNotContain("nobody");
    }

    private static String obstacleTo(String user) {
        return String.valueOf(new TopicRights(broker.clientOf(user)).obstacle(Topics.WEBHOOKS, AclOperation.WRITE)
                .block(LIMIT));
    }

    @Test
    void eachWritesAndReadsWhatTheContractSaysAndIsRefusedEverythingElse() throws Exception {
        var found = new ArrayList<List<String>>();
        for (var user : USERS) {
            found.add(rightsOf(user));
        }

        var table = new StringBuilder(RIGHTS.lines().findFirst().orElseThrow()).append('\n');
        for (var topic = 0; topic < TOPICS.size(); topic++) {
            table.append("%-33s%-7s%-8s%-9s%-5s%-4s%-5s%s%n".formatted(TOPICS.get(topic), found.get(0).get(topic),
                    found.get(1).get(topic), found.get(2).get(topic), found.get(3).get(topic), found.get(4).get(topic),
                    found.get(5).get(topic), found.get(6).get(topic)));
        }
        assertThat(words(table.toString())).isEqualTo(words(RIGHTS));
    }

    /** The columns are for people. */
    private static String words(String table) {
        return table.replaceAll(" +", " ").replace(" \n", "\n");
    }

    /** By topic, in their order. */
    private static List<String> rightsOf(String user) throws Exception {
        var rights = new ArrayList<String>();
        var writes = broker.clientOf(user);
        // To number its records a producer must be allowed to write something.
        writes.put("enable.idempotence", !List.of("kafka-lag", "somebody-else").contains(user));
        writes.put("max.block.ms", LIMIT.toMillis());
        var reads = broker.clientOf(user);
        reads.put("auto.offset.reset", "earliest");
        try (var producer = new KafkaProducer<>(writes, new ByteArraySerializer(), new ByteArraySerializer());
                var administrator = new KafkaProducer<>(broker.administrator(), new ByteArraySerializer(),
                        new ByteArraySerializer());
                var consumer = new KafkaConsumer<>(reads, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            for (var topic : TOPICS) {
                administrator.send(new ProducerRecord<>(topic, new byte[1])).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
                rights.add((writes(producer, topic) ? "W" : "-") + (reads(consumer, topic) ? "R" : "-"));
            }
        }
        return rights;
    }

    private static boolean writes(KafkaProducer<byte[], byte[]> producer, String topic) throws Exception {
        try {
            producer.send(new ProducerRecord<>(topic, new byte[1])).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            assertThat(e).cause().isInstanceOf(TopicAuthorizationException.class);
            return false;
        }
    }

    private static boolean reads(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        consumer.assign(List.of(new TopicPartition(topic, 0)));
        try {
            var end = System.nanoTime() + LIMIT.toNanos();
            while (consumer.poll(Duration.ofMillis(200)).isEmpty()) {
                assertThat(System.nanoTime()).as("a record of %s, or a refusal", topic).isLessThan(end);
            }
            return true;
        } catch (TopicAuthorizationException e) {
            assertThat(e.unauthorizedTopics()).containsExactly(topic);
            return false;
        }
    }

    @Test
    void aServiceKeepsItsPlaceInItsOwnGroupsOnly() {
        var places = new HashMap<String, List<String>>();
        for (var user : USERS) {
            places.put(user, Stream.of("processor", "mirror").filter(
                    service -> commits(user, "kulti.%s.hms.webhooks".formatted(service))).toList());
        }

        assertThat(places).isEqualTo(Map.of("recording-processor", List.of("processor"), "storage-mirror", List.of(),
                "kulti-ops", List.of("processor", "mirror"), "api-gateway", List.of(), "webhook-ingest", List.of(),
                "kafka-lag", List.of(), "somebody-else", List.of()));
        assertThat(commits("storage-mirror", "kulti.mirror.recording.events", "recording.events")).isTrue();
    }

    private static boolean commits(String user, String group) {
        return commits(user, group, "hms.webhooks");
    }

    private static boolean commits(String user, String group, String topic) {
        var settings = broker.clientOf(user);
        settings.put("group.id", group);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(0)), LIMIT);
            return true;
        } catch (GroupAuthorizationException | TopicAuthorizationException _) {
            return false;
        }
    }

    @Test
    void nobodyMakesOrDropsATopic() throws Exception {
        for (var user : USERS) {
            try (var admin = Admin.create(broker.clientOf(user))) {
                assertThat(isAllowed(admin.createTopics(List.of(new NewTopic("of." + user, 1, (short) 1))).all()))
                        .as("%s makes a topic", user).isFalse();
                assertThat(isAllowed(admin.deleteTopics(List.of("ops.audit")).all())).as("%s drops a topic", user)
                        .isFalse();
            }
        }
    }

    @Test
    void operatorsSeeHowTopicsAreSetAndNobodyElseNeedsTo() throws Exception {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, "hms.webhooks");
        for (var user : USERS) {
            try (var admin = Admin.create(broker.clientOf(user))) {
                assertThat(isAllowed(admin.describeConfigs(List.of(topic)).all())).as(user).isEqualTo(
                        user.equals("kulti-ops"));
            }
        }
    }

    private static boolean isAllowed(KafkaFuture<?> asked) throws Exception {
        try {
            asked.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            assertThat(e).cause().isInstanceOf(AuthorizationException.class);
            return false;
        }
    }
}
