package app.kulti.recording.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.gateway.Gateway;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import tools.jackson.databind.JsonNode;

/** A page that has an event stream open. Whatever it reads has to be as the gateway describes itself. */
public final class StreamReader implements AutoCloseable {
    public static final Duration LIMIT = Duration.ofSeconds(20);
    private static final ParameterizedTypeReference<ServerSentEvent<JsonNode>> EVENTS = new ParameterizedTypeReference<>() {
    };

    private final List<ServerSentEvent<JsonNode>> events = new CopyOnWriteArrayList<>();
    private final Disposable reading;
    private volatile boolean ended;
    private volatile @Nullable String position;

    private StreamReader(Gateway gateway, String token, @Nullable String lastEventId) {
        reading = WebClient.create("http://127.0.0.1:" + gateway.port()).get().uri("/api/recordings/events")
                .headers(headers -> {
                    headers.setBearerAuth(token);
                    if (lastEventId != null) {
                        headers.set("Last-Event-ID", lastEventId);
                    }
                })
                .retrieve().bodyToFlux(EVENTS)
                .doOnTerminate(() -> ended = true)
                .subscribe(this::read, _ -> {});
        await().pollInterval(Duration.ofMillis(10)).atMost(LIMIT).until(() -> position != null);
    }

    /** Returns once the gateway listens for it. */
    public static StreamReader open(String token) {
        return new StreamReader(Gateway.shared(), token, null);
    }

    /** Returns once what was missed has been read. */
    static StreamReader backAt(String lastEventId, String token) {
        return new StreamReader(Gateway.shared(), token, lastEventId);
    }

    private void read(ServerSentEvent<JsonNode> event) {
        if (event.data() != null) {
            events.add(event);
        }
        if (event.id() != null) {
            position = event.id();
        }
    }

    /** The data of what was read so far. */
    public List<JsonNode> data() {
        return events.stream().map(ServerSentEvent::data).toList();
    }

    List<ServerSentEvent<JsonNode>> events() {
        return events;
    }

    boolean hasEnded() {
        return ended;
    }

    @Override
    public void close() {
        reading.dispose();
        assertThat(events).allSatisfy(event -> {
            assertThat(event.event()).isEqualTo("recording");
            Gateway.shared().api().checkEvent("/api/recordings/events", String.valueOf(event.data()));
        });
    }
}
