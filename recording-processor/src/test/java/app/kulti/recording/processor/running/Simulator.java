package app.kulti.recording.processor.running;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.infra.local.LocalProcess;
import app.kulti.recording.infra.local.Port;
import app.kulti.recording.infra.local.Program;
import app.kulti.recording.infra.local.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;
import tools.jackson.databind.JsonNode;

/** The 100ms simulator that all tests of this JVM share; they keep apart by rooms of their own. */
final class Simulator {
    static final String ACCESS_KEY = "64b1f5b0a1c2d3e4f5a6b7c8";
    static final String APP_SECRET = "a-secret-that-is-just-as-long-as-HS256-needs";
    static final String MEETING_URL = "https://kulti.app.100ms.live/preview/{roomId}/viewer";

    private static final Path JAR = Path.of("../infra/local/hms/target/kulti-hms-simulator.jar");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final class Shared {
        private static final Simulator SIMULATOR = new Simulator();
    }

    private final URI address;
    private final WebClient control;
    /** Ends with this JVM. */
    private final LocalProcess process;
    private final Set<Long> delivered = new HashSet<>();

    private Simulator() {
        assertThat(JAR).as("the simulator's jar: ./mvnw package -pl infra/local/hms -am").isRegularFile();
        var port = Port.any("100ms simulator");
        address = URI.create("http://127.0.0.1:" + port.number());
        var folder = folder();
        process = Program
                .jar("100ms simulator", JAR, List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m"),
                        folder.resolve("simulator.log"))
                .environment(Map.of("KULTI_SIMULATOR_PORT", Integer.toString(port.number()), "KULTI_SIMULATOR_DATA",
                        folder.resolve("data").toString(), "KULTI_SIMULATOR_ACCESSKEY", ACCESS_KEY,
                        "KULTI_SIMULATOR_APPSECRET", APP_SECRET))
                .ready(Readiness.http(address.resolve("/_simulator/health")), Duration.ofSeconds(60)).start();
        process.awaitReady();
        control = WebClient.create(address.toString());
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("simulator");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Simulator shared() {
        return Shared.SIMULATOR;
    }

    String baseUrl() {
        return address.resolve("/v2").toString();
    }

    RoomId room() {
        return new RoomId(post("/_simulator/rooms", "{\"name\":\"A talk\"}").get("id").stringValue());
    }

    /** A fault of the API for one room, as the simulator's own JSON less the room. */
    void fault(RoomId room, String fault) {
        post("/_simulator/faults", "{\"api\":[{\"roomId\":\"%s\",%s}]}".formatted(room.value(), fault));
    }

    void mend() {
        control.delete().uri("/_simulator/faults").retrieve().toBodilessEntity().block(LIMIT);
    }

    /** Somebody starts it on 100ms's dashboard. */
    void startElsewhere(RoomId room) {
        post("/_simulator/rooms/" + room.value() + "/auto-start", "{}");
    }

    /** The room's last guest leaves. */
    void empty(RoomId room) {
        post("/_simulator/rooms/" + room.value() + "/stop", "{\"reason\":\"last peer left\"}");
    }

    /** Every recording that was ever made in the room. */
    Stream<JsonNode> recordings(RoomId room) {
        return get("/_simulator/rooms/" + room.value()).get("recordings").valueStream();
    }

    /** Gives {@code receiver} the webhooks of the room that it has not had yet, and says how many they were. */
    long deliver(RoomId room, Receiver receiver) {
        return get("/_simulator/webhooks?roomId=" + room.value()).valueStream()
                .filter(webhook -> delivered.add(webhook.get("number").longValue()))
                .peek(webhook -> receiver.receive(webhook.get("type").stringValue(), room,
                        webhook.get("body").stringValue()))
                .count();
    }

    /** Takes webhooks, as ingest does. */
    interface Receiver {
        void receive(String type, RoomId room, String body);
    }

    private JsonNode get(String path) {
        return Objects.requireNonNull(control.get().uri(path).retrieve().bodyToMono(JsonNode.class).block(LIMIT));
    }

    private JsonNode post(String path, String body) {
        return Objects.requireNonNull(control.post().uri(path).contentType(MediaType.APPLICATION_JSON).bodyValue(body)
                .retrieve().bodyToMono(JsonNode.class).block(LIMIT));
    }
}
