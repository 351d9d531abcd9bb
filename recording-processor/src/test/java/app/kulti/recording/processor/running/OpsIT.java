package app.kulti.recording.processor.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.ids.RecordingId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What operators ask on the management port: an answer, and nothing else. */
class OpsIT extends RunningProcessor {
    @LocalManagementPort
    private int managementPort;
    @LocalServerPort
    private int port;

    @Test
    void aPreviewTellsWhatAReplayWouldChangeAndChangesNothing() {
        var start = started();
        var job = hms.in(room).getFirst().id();
        webhook("beam.started.success", "beam-" + room, "\"job_id\":\"%s\"".formatted(job));
        awaitApplied(start.recordingId(), 3);
        var stopped = "{\"type\":\"recording.stopped\",\"data\":{\"id\":\"%s\",\"room_id\":\"%s\"}}".formatted(job,
                room);
        var adopted = "{\"type\":\"beam.started.success\",\"timestamp\":\"%s\",\"data\":{\"beam_id\":\"b2-%s\",\"room_id\":\"%s\"}}"
                .formatted(Instant.now(), room, room);
        var envelope = JsonMapper.shared().writeValueAsString(Map.of("id", "0191d5b0-0000-7000-8000-000000000001",
                "time", "2026-11-22T12:00:00Z", "type", "recording.stopped", "body", stopped));
        var before = everything();

        var preview = ask("/ops/preview", envelope + "\n" + adopted + "\n");

        assertThat(preview.path("status").intValue()).isEqualTo(200);
        var body = preview.path("body");
        assertThat(body.path("webhooks").intValue()).isEqualTo(2);
        assertThat(body.path("types").path("recording.stopped").path("APPLIED").intValue()).isEqualTo(1);
        var recordings = body.path("recordings").valueStream().toList();
        assertThat(recordings)
                .filteredOn(one -> one.path("recording").asString().equals(start.recordingId().toString()))
                .singleElement().satisfies(one -> {
                    assertThat(one.path("now").path("status").asString()).isEqualTo("recording");
                    assertThat(one.path("after").path("status").asString()).isEqualTo("processing");
                });
        assertThat(recordings).anySatisfy(one -> {
            assertThat(one.path("recording").asString())
                    .isEqualTo(RecordingId.adopting("beam_id", "b2-" + room).toString());
            assertThat(one.path("now").isNull()).isTrue();
        });
        assertThat(everything()).isEqualTo(before);
        assertThat(traffic.about(start.recordingId())).noneMatch(RecordingEvent.Stopped.class::isInstance);

        var array = ask("/ops/preview", "[" + envelope + "," + adopted + "]").path("body");
        assertThat(array.path("recordings")).isEqualTo(body.path("recordings"));
    }

    @Test
    void whatCannotBeReadIsSaid() {
        assertThat(ask("/ops/preview", "{\"type\":\"a\"}\nnonsense").toString()).contains("400", "line 2 is not JSON");
        assertThat(ask("/ops/preview", "").toString()).contains("400", "the body is empty");
        assertThat(ask("/ops/preview", "{}").toString()).contains("400", "webhook 1 has no type");
        assertThat(ask("/ops/preview", " ".repeat(9 * 1024 * 1024)).path("status").intValue()).isEqualTo(413);
    }

    @Test
    void aCheckTellsWhetherTheCredentialsWorkAndTheClocksAgree() {
        var check = ask("/ops/check", "").path("body");

        assertThat(check.path("ok").booleanValue()).as("%s", check).isTrue();
        assertThat(check.path("checks").valueStream().map(one -> one.path("name").asString()))
                .containsExactlyInAnyOrder("100ms takes the app's credentials",
                        "its clock agrees with that of 100ms", "the database login works, and may read what is its own",
                        "its clock agrees with that of PostgreSQL", "the Kafka login may read recording.commands",
                        "the Kafka login may read hms.webhooks",
                        "the Kafka login may read and write recording.findings",
                        "the Kafka login may read mirror.reports", "the Kafka login may write recording.events");
    }

    @Test
    void theOtherPortKnowsNothingOfThis() {
        assertThat(ask(port, "/ops/check", "").path("status").intValue()).isEqualTo(404);
    }

    /** Everything that is stored of this session. */
    private List<Map<String, @Nullable Object>> everything() {
        return database.rows("""
                SELECT to_jsonb(r)::text || to_jsonb(p)::text AS row FROM public.recordings r
                  JOIN kulti_recording.recording_progress p ON p.recording_id = r.id WHERE r.session_id = ?
                UNION ALL SELECT to_jsonb(h)::text FROM kulti_recording.recording_history h
                  JOIN public.recordings r ON r.id = h.recording_id WHERE r.session_id = ?
                ORDER BY 1""", session.value(), session.value());
    }

    private void awaitApplied(RecordingId recording, int times) {
        await().atMost(LIMIT).until(() -> history(recording, "applied") == times);
    }

    private JsonNode ask(String path, String body) {
        return ask(managementPort, path, body);
    }

    private static JsonNode ask(int port, String path, String body) {
        return Objects.requireNonNull(WebClient.create("http://127.0.0.1:" + port).post().uri(path)
                .contentType(MediaType.parseMediaType("application/x-ndjson")).bodyValue(body)
                .exchangeToMono(response -> response.bodyToMono(JsonNode.class)
                        .defaultIfEmpty(JsonMapper.shared().createObjectNode())
                        .map(json -> (JsonNode) JsonMapper.shared().createObjectNode()
                                .put("status", response.statusCode().value()).set("body", json)))
                .block(LIMIT));
    }
}
