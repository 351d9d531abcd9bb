package app.kulti.recording.infra.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.infra.ops.kafka.Groups;
import app.kulti.recording.infra.ops.kafka.TopicRead;
import app.kulti.recording.infra.ops.postgres.OneAtATime;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays and repairs against a real broker and database; each test has a room of its own. */
class RepairIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String WEBHOOKS = RunningServers.webhooks().name();
    private static final String DEAD = WEBHOOKS + ".processor.dlt";
    private static final String GROUP = "kulti.processor." + WEBHOOKS;

    private static RunningServers servers;

    @BeforeAll
    static void begin(@TempDir Path folder) throws Exception {
        servers = new RunningServers(folder);
        hasRead(1_000_000);
    }

    @AfterAll
    static void end() {
        servers.close();
    }

    @Test
    void aReplayIsShownFirstAndChangesNothingThen() {
        var room = RunningServers.room();
        servers.deliver(room, 5);

        var ada = servers.desk("ada");
        assertThat(ada.run("replay", "--from", "1h", "--room", room)).as("%s", ada).isZero();
        assertThat(ada.out.toString()).contains("5 webhooks", "applied before", "Nothing was published");
        assertThat(servers.records(WEBHOOKS, room)).hasSize(5);
    }

    @Test
    void replayedRecordsSayWhoAndWhyAndKeepTheirIdAndTime() {
        var room = RunningServers.room();
        servers.deliver(room, 3);

        var ada = servers.desk("ada");
        assertThat(ada.run("replay", "--from", "1h", "--room", room, "--confirm", "--reason", "a better parser")).as(
                "%s", ada).isZero();

        var records = servers.records(WEBHOOKS, room);
        assertThat(records).hasSize(6);
        for (var i = 0; i < 3; i++) {
            var first = records.get(i);
            var again = records.get(i + 3);
            assertThat(header(again, "ce_id")).isEqualTo(header(first, "ce_id"));
            assertThat(header(again, "ce_time")).isEqualTo(header(first, "ce_time"));
            assertThat(again.value()).isEqualTo(first.value());
            assertThat(header(again, "ce_replayedby")).isEqualTo("ada");
            assertThat(header(again, "ce_replayreason")).isEqualTo("a better parser");
            assertThat(header(first, "ce_replayedby")).isEmpty();
        }
        assertThat(ada.run("replay", "--from", "1h", "--room", room, "--confirm", "--reason", "again")).isZero();
        assertThat(servers.records(WEBHOOKS, room)).as("replays are not replayed").hasSize(9);
    }

    @Test
    void anInterruptedReplayIsResumedByAnybodyWithoutALoss() {
        var room = RunningServers.room();
        servers.deliver(room, 60);
        var ada = servers.desk("ada");
        var running = CompletableFuture.supplyAsync(() -> ada.run("replay", "--from", "1h", "--room", room, "--rate",
                "4", "--confirm", "--reason", "half of it"));
        await().atMost(LIMIT).until(() -> servers.records(WEBHOOKS, room).size() > 62);

        ada.stop.request();

        assertThat(running.join()).as("%s", ada).isEqualTo(Exit.CANCELLED);
        assertThat(ada.out.toString()).contains("Interrupted", "replay --resume");
        assertThat(servers.records(WEBHOOKS, room)).hasSizeBetween(63, 119);
        var bob = servers.desk("bob");
        assertThat(bob.run("replay", "--resume", resumeId(ada), "--reason", "the other half")).as("%s", bob).isZero();
        assertThat(servers.records(WEBHOOKS, room).stream().filter(one -> !header(one, "ce_replayedby").isEmpty())
                .map(one -> header(one, "ce_id"))).hasSize(60).doesNotHaveDuplicates();
        assertThat(bob.run("replay", "--resume", resumeId(ada), "--reason", "once more")).isEqualTo(Exit.NOT_THERE);
    }

    @Test
    void aBrokerThatDiesInTheMiddleLosesNothing() {
        var room = RunningServers.room();
        servers.deliver(room, 60);
        var ada = servers.desk("ada");
        var running = CompletableFuture.supplyAsync(() -> ada.run("replay", "--from", "1h", "--room", room, "--rate",
                "4", "--confirm", "--reason", "all of it"));
        await().atMost(LIMIT).until(() -> servers.records(WEBHOOKS, room).size() > 62);

        servers.kafka.process().kill();
        assertThat(running.join()).as("%s", ada).isEqualTo(Exit.UNREACHABLE);
        assertThat(ada.err.toString()).contains("does not answer", "Go on with: kulti-ops replay --resume");
        servers.kafka.process().restart();

        var again = servers.desk("ada");
        assertThat(again.run("replay", "--resume", "--reason", "Kafka is back")).as("%s", again).isZero();
        assertThat(servers.records(WEBHOOKS, room).stream().filter(one -> !header(one, "ce_replayedby").isEmpty())
                .map(one -> header(one, "ce_id")).distinct()).hasSize(60);
    }

    @Test
    void theSecondOfTwoOperatorsIsTold() {
        var room = RunningServers.room();
        servers.deliver(room, 1);
        var bob = servers.desk("bob");
        try (var _ = OneAtATime.take(bob.desk().settings(), new Why.Said("bob", "first"), "replay")) {
            var ada = servers.desk("ada");
            assertThat(ada.run("replay", "--from", "1h", "--room", room, "--confirm", "--reason", "second")).isEqualTo(
                    Exit.BUSY);
            assertThat(ada.err.toString()).contains("Somebody else is at it: \"kulti-ops replay: bob\"");
            assertThat(ada.run("replay", "--from", "1h", "--room", room)).as("looking is free").isZero();
        }
        assertThat(servers.records(WEBHOOKS, room)).hasSize(1);
    }

    @Test
    void aFileIsReplayedOnceAndResumedOnlyWithTheSameFile(@TempDir Path files) throws Exception {
        var room = RunningServers.room();
        var lines = IntStream.range(0, 40).mapToObj(
                i -> "{\"type\":\"beam.started.success\",\"data\":{\"room_id\":\"%s\",\"n\":%d}}".formatted(room, i))
                .toList();
        var file = Files.write(files.resolve("day.ndjson"), lines);
        var ada = servers.desk("ada");
        var running = CompletableFuture.supplyAsync(() -> ada.run("replay", "--file", file.toString(), "--rate", "10",
                "--confirm", "--reason", "from the proxy"));
        await().atMost(LIMIT).until(() -> servers.records(WEBHOOKS, room).size() > 5);
        ada.stop.request();
        assertThat(running.join()).as("%s", ada).isEqualTo(Exit.CANCELLED);

        var other = Files.write(files.resolve("other.ndjson"), lines.subList(0, 20));
        var bob = servers.desk("bob");
        assertThat(bob.run("replay", "--resume", "--reason", "r")).isEqualTo(Exit.USAGE);
        assertThat(bob.err.toString()).contains("add --file day.ndjson");
        assertThat(bob.run("replay", "--resume", "--file", other.toString(), "--reason", "r")).isEqualTo(Exit.USAGE);
        assertThat(bob.err.toString()).contains("is not the file with which");
        assertThat(bob.run("replay", "--resume", "--file", file.toString(), "--reason", "the rest")).as("%s", bob)
                .isZero();
        assertThat(servers.records(WEBHOOKS, room)).hasSize(40).allSatisfy(
                one -> assertThat(header(one, "ce_type")).isEqualTo("kulti.webhook.recovered.v1"));
    }

    @Test
    void aGroupIsSetBackOnlyWhileNobodyReadsInIt() throws Exception {
        servers.deliver(RunningServers.room(), 4);
        var ada = servers.desk("ada");
        assertThat(ada.run("replay", "--group", "processor", "--topic", WEBHOOKS, "--from", "1h")).as("%s", ada)
                .isZero();
        assertThat(ada.out.toString()).contains(GROUP, "would be read again", "Nothing was moved");

        try (var reader = reader()) {
            reader.subscribe(List.of(WEBHOOKS));
            await().atMost(LIMIT).until(() -> {
                reader.poll(Duration.ofMillis(100));
                return !reader.assignment().isEmpty();
            });
            assertThat(ada.run("replay", "--group", "processor", "--topic", WEBHOOKS, "--from", "1h", "--confirm",
                    "--reason", "too early")).isEqualTo(Exit.BUSY);
            assertThat(ada.err.toString()).contains("is being read by 1 members", "Stop every copy of the processor");
        }
        assertThat(ada.run("replay", "--group", "processor", "--topic", WEBHOOKS, "--from", "1h", "--confirm",
                "--reason", "it stands")).as("%s", ada).isZero();
        try (var broker = servers.broker()) {
            assertThat(new Groups(broker).positions(GROUP, WEBHOOKS).values()).anySatisfy(
                    offset -> assertThat(offset).isLessThan(1_000_000L));
        } finally {
            hasRead(1_000_000);
        }
    }

    @Test
    void aDeadLetterGoesBackUnchangedAndIsParkedWhenItHasFailedThreeTimesAgain() throws Exception {
        var key = RunningServers.room();
        var first = deadLetter(key, "cannot be read", 0);
        var tired = deadLetter(key, "still cannot be read", 3);
        var ada = servers.desk("ada");
        assertThat(ada.run("dead-letters", "list")).isZero();
        assertThat(ada.out.toString()).contains("cannot be read", DEAD + "@" + first, "retried 3x");

        assertThat(ada.run("dead-letters", "retry", DEAD + "@" + first, DEAD + "@" + tired, "--reason", "mended")).as(
                "%s", ada).isZero();

        assertThat(ada.out.toString()).contains("1 put back", "1 parked");
        assertThat(servers.records(WEBHOOKS, key)).singleElement().satisfies(record -> {
            assertThat(new String(record.value(), StandardCharsets.UTF_8)).isEqualTo("not json at all");
            assertThat(header(record, "ce_id")).isEqualTo("an id");
            assertThat(header(record, "ce_replayedby")).isEqualTo("ada");
            assertThat(header(record, "kulti-retries")).isEqualTo("1");
            assertThat(record.headers()).noneMatch(header -> header.key().startsWith("kafka_")
                    || header.key().contains("trace") || header.key().startsWith("__"));
        });
        var later = servers.desk("ada");
        later.run("dead-letters", "list", "--topic", DEAD);
        assertThat(later.out.toString()).doesNotContain(DEAD + "@" + first, DEAD + "@" + tired);
        later.run("dead-letters", "list", "--all", "--json");
        assertThat(later.out.toString()).contains("\"parked\"", "\"retried\"");
    }

    @Test
    void theDoctorNamesATopicThatIsNotAsItShouldBeAndItsMend() throws Exception {
        try (var admin = servers.admin()) {
            admin.deleteTopics(List.of("recording.events.gateway.dlt")).all().get(30, TimeUnit.SECONDS);
        }
        var ada = servers.desk("ada");
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(ada.run("doctor")).isEqualTo(Exit.DIFFERENT);
            assertThat(ada.out.toString()).contains("WRONG  topic recording.events.gateway.dlt: is not there",
                    "kafka-topics.sh --create --topic recording.events.gateway.dlt --partitions 1");
        });
        assertThat(ada.out.toString()).contains("ok     topic hms.webhooks", "ok     Kafka answers, 1 broker",
                "ok     PostgreSQL: the operators' login only reads",
                "ok     the clock agrees with that of PostgreSQL");
    }

    @Test
    void aTopicThatIsGoneIsSaidSo() {
        try (var broker = servers.broker()) {
            assertThat(catchThrowable(
                    () -> new TopicRead(broker, "no.such.topic").all()))
                    .isInstanceOf(Told.class).hasMessageContaining("is not there");
        }
    }

    private static String resumeId(TestDesk desk) {
        var said = desk.out.toString();
        return said.substring(said.indexOf("--resume ") + "--resume ".length()).lines().findFirst().orElseThrow()
                .strip();
    }

    private static Consumer<String, byte[]> reader() {
        return new KafkaConsumer<>(Map.of("bootstrap.servers", servers.kafka.bootstrapServers(), "group.id", GROUP,
                "auto.offset.reset", "latest", "enable.auto.commit", "false"), new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    /** The processor's group is past everything, as if it had read it all. */
    private static void hasRead(long offset) throws Exception {
        var positions = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (var partition = 0; partition < RunningServers.webhooks().partitions(); partition++) {
            positions.put(new TopicPartition(WEBHOOKS, partition), new OffsetAndMetadata(offset));
        }
        try (Admin admin = servers.admin()) {
            admin.alterConsumerGroupOffsets(GROUP, positions).all().get(30, TimeUnit.SECONDS);
        }
    }

    private static long deadLetter(String key, String reason, int retries) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", servers.kafka.bootstrapServers()), new StringSerializer(),
                new ByteArraySerializer())) {
            var record = new ProducerRecord<>(DEAD, 0, key, "not json at all".getBytes(StandardCharsets.UTF_8));
            var headers = new HashMap<>(Map.of("ce_id", "an id", "ce_traceparent", "00-a-b-01", "traceparent",
                    "00-a-b-01", "__replicator_id", "east", "kafka_dlt-original-topic", WEBHOOKS,
                    "kafka_dlt-exception-message", reason));
            if (retries > 0) {
                headers.put("kulti-retries", Integer.toString(retries));
            }
            headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
            return producer.send(record).get(30, TimeUnit.SECONDS).offset();
        }
    }

    /** Empty where there is none. */
    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
