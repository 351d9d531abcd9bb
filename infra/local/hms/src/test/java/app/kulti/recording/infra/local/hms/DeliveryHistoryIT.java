package app.kulti.recording.infra.local.hms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.infra.local.hms.RunningSimulator.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was sent can be asked for, and sent again. */
class DeliveryHistoryIT {
    private static final String HISTORY = "/v2/analytics/webhooks";
    private static final String REPLAY = HISTORY + "/replay";

    private static WebhookReceiver receiver;
    private static RunningSimulator hms;

    @BeforeAll
    static void begin(@TempDir Path data) throws IOException {
        receiver = new WebhookReceiver();
        hms = new RunningSimulator(data, "kulti.simulator.webhook.url=" + receiver.url(),
                "kulti.simulator.webhook.replay-pause=5ms");
    }

    @AfterAll
    static void end() {
        hms.close();
        receiver.close();
    }

    @Test
    void theHistoryTellsWhatWasReceivedAndWhatWasNot() {
        String room = roomWithALostWebhook("beam.recording.success");

        assertThat(names(hms.get(HISTORY + "?room_id=" + room))).containsExactlyInAnyOrder("beam.started.success",
                "beam.stopped.success", "beam.recording.success");
        Answer failed = hms.get(HISTORY + "?status=failed&room_id=" + room);
        assertThat(names(failed)).containsExactly("beam.recording.success");
        assertThat(failed.json().at("/events/0/event_name").stringValue())
                .isEqualTo("reporter.webhook.delivery.failed");
        assertThat(failed.json().at("/events/0/payload/error_reason").stringValue()).isEqualTo("timeout");
        assertThat(failed.json().at("/events/0/payload/event_data").propertyNames())
                .containsExactlyInAnyOrder("session_id", "peer_id");
        assertThat(names(hms.get(HISTORY + "?room_id=" + room
                + "&event_names=beam.started.success&event_names=beam.stopped.success"))).hasSize(2);
    }

    @Test
    void theHistoryComesInPages() {
        String room = roomWithALostWebhook("beam.recording.success");

        Answer first = hms.get(HISTORY + "?limit=2&room_id=" + room);
        assertThat(names(first)).hasSize(2);
        assertThat(first.json().at("/pagination/has_next").booleanValue()).isTrue();
        assertThat(first.json().at("/pagination/total_items").intValue()).isEqualTo(3);
        Answer second = hms.get(HISTORY + "?limit=2&page=2&room_id=" + room);
        assertThat(names(second)).hasSize(1);
        assertThat(second.json().at("/pagination/has_next").booleanValue()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"start_time=2020-01-01T00:00:00Z", "start_time=yesterday", "limit=101", "page=0",
            "status=lost", "start_time=%s&end_time=%s"})
    void aWindowOrPageThatIsNotTakenIsRefused(String query) {
        Instant now = Instant.now();
        Answer answer = hms.get(HISTORY + "?" + query.formatted(now.minus(Duration.ofDays(20)), now));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("message").stringValue()).isNotBlank();
    }

    @Test
    void whatWasLostIsSentAgainMarkedAsAReplay() {
        String room = roomWithALostWebhook("beam.recording.success");

        Answer begun = hms.post(REPLAY, "{\"room_id\":\"%s\"}".formatted(room));

        assertThat(begun.json().path("status").stringValue()).isEqualTo("started");
        String workflow = begun.json().path("workflow_id").stringValue();
        await().until(() -> "completed".equals(
                hms.get(REPLAY + "/" + workflow).json().path("status").stringValue()));
        assertThat(hms.get(REPLAY + "/" + workflow).json().at("/result/completed").intValue()).isEqualTo(1);
        assertThat(receiver.of(room)).hasSize(3).anySatisfy(received -> {
            assertThat(received.type()).isEqualTo("beam.recording.success");
            assertThat(received.json().path("is_replay").booleanValue()).isTrue();
            assertThat(received.data().path("recording_path").stringValue()).startsWith("s3://");
        });
    }

    @Test
    void aReplayThatRunsIsNotBegunTwice() {
        String room = roomWithALostWebhook("beam.started.success");
        receiver.answer(room, 500, 500, 500);
        String body = "{\"room_id\":\"%s\",\"start_time\":\"%s\",\"end_time\":\"%s\"}".formatted(room,
                Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));

        assertThat(hms.post(REPLAY, body).json().path("status").stringValue()).isEqualTo("started");
        assertThat(hms.post(REPLAY, body).json().path("status").stringValue()).isEqualTo("already_running");
    }

    @Test
    void aWorkflowThatNobodyBeganIsNotFound() {
        assertThat(hms.get(REPLAY + "/webhook-replay-unknown").status()).isEqualTo(404);
    }

    private static String roomWithALostWebhook(String type) {
        String room = hms.room();
        hms.fault("{\"webhooks\":[{\"action\":\"drop\",\"type\":\"%s\",\"roomId\":\"%s\"}]}".formatted(type, room));
        hms.finished(room, "{\"announced\":true}");
        await().until(() -> receiver.of(room).size() == 2
                && hms.deliveries(room).stream().noneMatch(one -> "PENDING".equals(one.path("state").stringValue())));
        return room;
    }

    private static List<String> names(Answer history) {
        return history.json().path("events").valueStream()
                .map(event -> event.at("/payload/original_event_name").stringValue()).toList();
    }
}
