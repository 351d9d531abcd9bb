package app.kulti.recording.processor.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.MirrorReport;
import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.RecordingFinding;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.events.wire.Topic;
import app.kulti.recording.events.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no message, or speaks of nothing. */
class BadInputIT extends RunningProcessor {
    private static final long SEED = 20261122;
    private static final int ALMOST_A_MEBIBYTE = 1024 * 1024 - 2_000;
    private static final Map<Topic<?>, String> A_TYPE = Map.of(Topics.COMMANDS, "kulti.command.stop.v1",
            Topics.FINDINGS, "kulti.finding.looked.v1", Topics.REPORTS, "kulti.mirror.copying.v1", Topics.WEBHOOKS,
            "kulti.webhook.delivered.v1");

    static List<Topic<?>> topics() {
        return List.of(Topics.COMMANDS, Topics.FINDINGS, Topics.REPORTS, Topics.WEBHOOKS);
    }

    @ParameterizedTest
    @MethodSource("topics")
    void poisonIsPutAsideWithItsReasonAndItsPartitionMovesOn(Topic<?> topic) {
        var start = started();
        var key = Map.of(Topics.COMMANDS, session.toString(), Topics.WEBHOOKS, room.value())
                .getOrDefault(topic, start.recordingId().toString());
        var deadLetters = topic.deadLettersOf(ServiceName.PROCESSOR).name();
        var before = traffic.end(deadLetters);

        traffic.put(topic.name(), key, random(300), Map.of());
        traffic.put(topic.name(), key, "{}".getBytes(StandardCharsets.UTF_8), event(topic, "kulti.tomorrow.v2"));
        traffic.put(topic.name(), key, random(ALMOST_A_MEBIBYTE), event(topic, "kulti.tomorrow.v2"));
        traffic.put(topic.name(), "nobody's key", random(10), event(topic, "nonsense"));
        traffic.put(topic.name(), null, bodyOf(topic, ALMOST_A_MEBIBYTE), event(topic, A_TYPE.get(topic)));
        good(topic, start.recordingId());

        var put = traffic.records(deadLetters, before, 5);
        assertThat(put).hasSize(5).allSatisfy(record -> {
            assertThat(header(record, "kafka_dlt-exception-message")).isNotBlank().doesNotContain("\tat ");
            assertThat(header(record, "kafka_dlt-original-topic")).isEqualTo(topic.name());
            assertThat(record.headers().lastHeader("kafka_dlt-exception-stacktrace")).isNull();
        });
    }

    /** The same partition goes on with what comes after the poison. */
    private void good(Topic<?> topic, RecordingId recording) {
        if (topic.equals(Topics.COMMANDS)) {
            var stop = stop();
            traffic.send(stop);
            assertThat(traffic.answerTo(stop.commandId()).answer()).isEqualTo(new Answer.Done());
        } else if (topic.equals(Topics.WEBHOOKS)) {
            fileReady(hms.in(room).getFirst().id());
            traffic.event(RecordingEvent.Completed.class, recording);
        } else {
            var before = history(recording, "applied");
            if (topic.equals(Topics.REPORTS)) {
                traffic.send(new MirrorReport.NotNow(recording, 1, "s3://hms/a.mp4", "503"));
            } else {
                traffic.send(new EventId(UUID.randomUUID()), Instant.now(),
                        new RecordingFinding.MirrorOverdue(recording, Instant.now()));
            }
            await().atMost(LIMIT).until(() -> history(recording, "applied") == before + 1);
        }
    }

    @Test
    void aWebhookThatTheDatabaseCannotKeepIsPutAsideAndItsPartitionMovesOn() {
        var start = started();
        var deadLetters = Topics.WEBHOOKS.deadLettersOf(ServiceName.PROCESSOR).name();
        var before = traffic.end(deadLetters);

        webhook("beam.stopped.success", null, "\"job_id\":\"%s\",\"reason\":\"a zero: \\u0000\"".formatted(
                hms.in(room).getFirst().id()));
        good(Topics.WEBHOOKS, start.recordingId());

        assertThat(traffic.records(deadLetters, before, 1)).singleElement().satisfies(
                record -> assertThat(header(record, "kafka_dlt-exception-message")).isNotBlank());
    }

    @Test
    void aFindingAboutARecordingThatIsNotThereIsRefusedAndNoted() {
        var unknown = new RecordingId(UUID.randomUUID());
        traffic.send(new EventId(UUID.randomUUID()), Instant.now(),
                new RecordingFinding.MirrorOverdue(unknown, Instant.now()));

        await().atMost(LIMIT).until(() -> history(unknown, "refused") == 1);
        assertThat(database.rows("SELECT * FROM kulti_recording.recording_history WHERE recording_id = ?",
                unknown.value())).singleElement().satisfies(note -> assertThat(note)
                        .containsEntry("source_topic", Topics.FINDINGS.name()).containsEntry("reason",
                                "there is no such recording")
                        .containsKeys("source_partition", "source_offset"));
    }

    private static Map<String, String> event(Topic<?> topic, @Nullable String type) {
        var headers = new HashMap<>(Map.of("ce_specversion", "1.0", "ce_id", UUID.randomUUID().toString(), "ce_source",
                ServiceName.OPS.source().toString(), "ce_type", String.valueOf(type), "ce_time",
                "2026-11-22T12:00:00Z", "content-type", "application/json"));
        if (topic.equals(Topics.WEBHOOKS)) {
            headers.put("ce_hmstype", "beam.started.success");
        }
        return headers;
    }

    /** Of the right type, and of no use. */
    private static byte[] bodyOf(Topic<?> topic, int size) {
        return (topic.equals(Topics.WEBHOOKS) ? "[" : "{\"recordingId\":\"").concat("x".repeat(size))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] random(int size) {
        var bytes = new byte[size];
        new Random(SEED).nextBytes(bytes);
        return bytes;
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
