package app.kulti.recording.infra.journeys;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The events of somebody's recordings, as they come. */
final class EventStream implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private volatile boolean open;

    /** An event's recording, and when it was seen. */
    record Seen(Instant at, JsonNode recording) {
        boolean is(String status) {
            return recording.path("status").asString("").equals(status);
        }
    }

    private EventStream(URI gateway, String token) {
        var request = HttpRequest.newBuilder(gateway.resolve("/api/recordings/events"))
                .header("Authorization", "Bearer " + token).build();
        var _ = http.sendAsync(request, HttpResponse.BodyHandlers.ofLines())
                .thenAcceptAsync(this::read, command -> Thread.ofVirtual().start(command));
        Awaitility.await().atMost(Stage.LIMIT).until(() -> open);
    }

    /** Returns once the gateway listens. */
    static EventStream open(URI gateway, String token) {
        return new EventStream(gateway, token);
    }

    private void read(HttpResponse<Stream<String>> response) {
        try (var lines = response.body()) {
            lines.forEach(line -> {
                if (line.startsWith("data: ")) {
                    seen.add(new Seen(Instant.now(), JSON.readTree(line.substring(6)).path("recording")));
                } else if (line.startsWith("id: ")) {
                    open = true;
                }
            });
        } catch (UncheckedIOException _) {
            // It was closed.
        }
    }

    /** The first that is so, be it there already or still to come. */
    Seen await(Predicate<Seen> wanted) {
        Awaitility.await().atMost(Stage.LIMIT).until(() -> seen.stream().anyMatch(wanted));
        return seen.stream().filter(wanted).findFirst().orElseThrow();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
