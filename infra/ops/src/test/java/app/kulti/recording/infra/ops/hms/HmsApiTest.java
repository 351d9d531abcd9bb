package app.kulti.recording.infra.ops.hms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.kulti.recording.infra.ops.TestDesk;
import app.kulti.recording.infra.ops.Told;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HmsApiTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final Queue<Reply> replies = new ArrayDeque<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private TestDesk desk;
    private HmsApi hms;

    private record Reply(int status, String body) {}

    @BeforeEach
    void begin() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                        + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                var reply = replies.remove();
                var bytes = reply.body().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(reply.status(), bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
        desk = TestDesk.of(Map.of("KULTI_HMS_BASEURL", "http://127.0.0.1:%d/v2".formatted(
                server.getAddress().getPort()), "KULTI_HMS_ACCESSKEY", "key", "KULTI_HMS_APPSECRET",
                "a secret of more than thirty-two bytes"));
        hms = new HmsApi(desk.desk());
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @Test
    void aLongWindowIsAskedForInPartsAndPages() {
        replies.add(history(true, "beam.started.success"));
        replies.add(history(false, "beam.stopped.success"));
        replies.add(history(false, "beam.recording.success"));

        var deliveries = hms.deliveries(NOW.minus(Duration.ofDays(20)), NOW, "r1");

        assertThat(deliveries).map(HmsDelivery::type).containsExactly("beam.started.success", "beam.stopped.success",
                "beam.recording.success");
        assertThat(deliveries.getFirst().data()).isEqualTo(Map.of("session_id", "s1"));
        assertThat(deliveries).noneMatch(HmsDelivery::received);
        assertThat(asked).hasSize(3).allMatch(one -> one.contains("room_id=r1"));
        assertThat(asked.get(0)).contains("start_time=2026-11-02T12%3A00%3A00Z&end_time=2026-11-16T12%3A00%3A00Z",
                "page=1");
        assertThat(asked.get(1)).contains("page=2");
        assertThat(asked.get(2)).contains("start_time=2026-11-16T12%3A00%3A00Z&end_time=2026-11-22T12%3A00%3A00Z");
    }

    @Test
    void whenAskedForPatienceItWaitsAsLongAsTheMessageSays() {
        replies.add(new Reply(429, "{\"code\":429,\"message\":\"rate limit exceeded, retry after 1 seconds\"}"));
        replies.add(history(false, "beam.started.success"));

        assertThat(hms.deliveries(NOW.minusSeconds(60), NOW, null)).hasSize(1);
        assertThat(asked).hasSize(2);
    }

    @Test
    void aReplayNamesWhatIsWantedAndTellsItsWorkflow() {
        replies.add(new Reply(200, "{\"workflow_id\":\"w1\",\"status\":\"started\"}"));
        replies.add(new Reply(200,
                "{\"workflow_id\":\"w1\",\"status\":\"Running\",\"progress\":{\"total\":3,\"completed\":1,\"failed\":0}}"));

        assertThat(hms.replay(NOW.minusSeconds(60), NOW, null, List.of("beam.started.success"), false))
                .containsExactly("w1");
        assertThat(asked.getFirst()).contains("\"event_names\":[\"beam.started.success\"]", "\"status\":\"failed\"")
                .doesNotContain("room_id");
        assertThat(hms.replay("w1")).isEqualTo(new HmsReplay("Running", true, 3, 1, 0));
    }

    @Test
    void credentialsThatAreNotTakenAreNamedByTheirSettings() {
        replies.add(new Reply(401, "{\"code\":401,\"message\":\"Token validation error\"}"));

        assertThatThrownBy(() -> hms.recordings(NOW.minusSeconds(60), NOW, null)).isInstanceOf(Told.class)
                .hasMessageContaining("KULTI_HMS_ACCESSKEY").hasMessageContaining("Token validation error");
    }

    private static Reply history(boolean more, String type) {
        return new Reply(200, """
                {"events":[{"event_id":"e","event_name":"reporter.webhook.delivery.failed","room_id":"r1",
                  "event_timestamp":"2026-11-20T10:30:00Z","payload":{"event_data":{"session_id":"s1","n":1},
                  "original_event_name":"%s","error_reason":"timeout"}}],
                 "pagination":{"current_page":1,"has_next":%s},"summary":{"total_events":1}}""".formatted(type, more));
    }
}
