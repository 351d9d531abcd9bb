package app.kulti.recording.processor.hms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.events.HmsRecording;
import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.infra.local.LocalProcess;
import app.kulti.recording.infra.local.Port;
import app.kulti.recording.infra.local.Program;
import app.kulti.recording.infra.local.Readiness;
import app.kulti.recording.processor.BlockingCalls;
import app.kulti.recording.processor.advance.Hms.AssetUrl;
import app.kulti.recording.processor.advance.Hms.Reply;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The client against the 100ms simulator, which checks tokens and bodies as 100ms does. */
class HttpHmsIT {
    static {
        BlockingCalls.watch();
    }

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Path JAR = Path.of(System.getProperty("basedir", ""), "..", "infra", "local", "hms", "target",
            "kulti-hms-simulator.jar");

    @TempDir
    private static Path folder;
    private static LocalProcess process;
    private static WebClient control;
    private static HmsSettings settings;
    private static HttpHms hms;

    @BeforeAll
    static void start() {
        assertThat(JAR).as("the simulator's jar: ./mvnw package -pl infra/local/hms -am").isRegularFile();
        var port = Port.any("100ms simulator");
        var address = URI.create("http://127.0.0.1:" + port.number());
        process = Program.jar("100ms simulator", JAR,
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m"), folder.resolve("simulator.log"))
                .environment(Map.of("KULTI_SIMULATOR_PORT", Integer.toString(port.number()), "KULTI_SIMULATOR_DATA",
                        folder.resolve("data").toString(), "KULTI_SIMULATOR_ACCESSKEY", TestHms.ACCESS_KEY,
                        "KULTI_SIMULATOR_APPSECRET", TestHms.APP_SECRET))
                .ready(Readiness.http(address.resolve("/_simulator/health")), Duration.ofSeconds(60))
                .start();
        process.awaitReady();
        control = WebClient.create(address.toString());
        settings = TestHms.settings(address.resolve("/v2"), "https://kulti.app.100ms.live/preview/{roomId}/viewer");
        hms = TestHms.client(settings, Patience.usual(), InstantSource.system());
    }

    @AfterAll
    static void end() {
        hms.close();
        process.close();
    }

    @AfterEach
    void mend() {
        control.delete().uri("/_simulator/faults").retrieve().toBodilessEntity().block(LIMIT);
    }

    @Test
    void aRecordingFromItsStartToTheBytesOfItsFile() {
        var room = room();
        var before = Instant.now().minusSeconds(5);

        var started = found(hms.start(room, LIMIT));
        assertThat(started).returns(room, HmsRecording::roomId).returns("starting", HmsRecording::status);
        assertThat(answered(hms.start(room, LIMIT))).isEqualTo(new HmsAnswer.Conflict(null));
        await().atMost(LIMIT).until(() -> found(hms.look(started.id(), LIMIT)).status().equals("running"));
        assertThat(listed(room, before)).extracting(HmsRecording::id).containsExactly(started.id());
        assertThat(listed(room, Instant.now().plusSeconds(60))).isEmpty();
        awaitLength(found(hms.look(started.id(), LIMIT)));

        assertThat(found(hms.stop(started.id(), LIMIT))).returns(started.id(), HmsRecording::id)
                .returns("stopping", HmsRecording::status);
        await().atMost(LIMIT).until(() -> found(hms.look(started.id(), LIMIT)).status().equals("completed"));
        assertThat(answered(hms.stop(started.id(), LIMIT))).isEqualTo(new HmsAnswer.NotFound());

        var asset = found(hms.look(started.id(), LIMIT)).assets().getFirst();
        assertThat(asset).returns("room-composite", HmsRecording.Asset::type)
                .returns("1280x720", HmsRecording.Asset::resolution);
        assertThat(answered(hms.sign(asset.id(), LIMIT))).isInstanceOfSatisfying(Reply.Given.class,
                given -> assertThat(given.value()).isInstanceOfSatisfying(AssetUrl.class, signed -> {
                    assertThat(signed.expiresAt()).isAfter(Instant.now().plus(Duration.ofHours(1)));
                    assertThat(bytes(signed.url().uri()))
                            .hasSize(Math.toIntExact(Objects.requireNonNull(asset.size())));
                }));
    }

    @Test
    void aRoomIsStoppedWithoutKnowingItsRecording() {
        var room = room();
        var started = found(hms.start(room, LIMIT));

        assertThat(found(hms.stop(room, LIMIT))).returns(started.id(), HmsRecording::id);
        await().atMost(LIMIT).until(() -> answered(hms.stop(room, LIMIT)).equals(new HmsAnswer.NotFound()));
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(answered(hms.look("0123456789abcdef01234567", LIMIT))).isEqualTo(new HmsAnswer.NotFound());
        assertThat(answered(hms.sign("0123456789abcdef01234567", LIMIT)))
                .isEqualTo(new Reply.Withheld<>(new HmsAnswer.NotFound()));
        assertThat(answered(hms.start(new RoomId("0123456789abcdef01234567"), LIMIT)))
                .isEqualTo(new HmsAnswer.Refused(403, "user does not have required permission"));
    }

    @Test
    void aWrongSecretIsRefused() {
        var wrong = new HmsSettings(settings.baseUrl(), TestHms.ACCESS_KEY, "another-secret".repeat(3), null,
                settings.resolution(), false);

        try (var stranger = TestHms.client(wrong, Patience.usual(), InstantSource.system())) {
            assertThat(answered(stranger.start(room(), LIMIT)))
                    .isEqualTo(new HmsAnswer.Refused(401, "Token validation error"));
        }
    }

    @Test
    void aFullHouseIsWaitedFor() {
        var room = room();
        fault("{\"action\":\"status\",\"operation\":\"start\",\"roomId\":\"%s\",\"times\":1,\"status\":429,\"retryAfter\":1}"
                .formatted(room));
        var begun = System.nanoTime();

        found(hms.start(room, LIMIT));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(1));
    }

    @Test
    void aStartWhoseAnswerIsLostIsDoneOnceAndSeenInTheRoom() {
        var room = room();
        fault("{\"action\":\"timeout-after-acting\",\"operation\":\"start\",\"roomId\":\"%s\",\"times\":1}"
                .formatted(room));

        assertThat(answered(hms.start(room, Duration.ofSeconds(2))))
                .isEqualTo(new HmsAnswer.Unavailable("100ms did not answer in time"));
        assertThat(listed(room, Instant.EPOCH)).hasSize(1);
    }

    @Test
    void looksThatHangDoNotHoldUpAStop() {
        var room = room();
        var started = found(hms.start(room, LIMIT));
        fault("{\"action\":\"slow\",\"operation\":\"get\",\"millis\":8000}");
        var looks = IntStream.range(0, 30).mapToObj(_ -> hms.look(started.id(), LIMIT).toFuture()).toList();
        var begun = System.nanoTime();

        assertThat(found(hms.stop(started.id(), LIMIT))).returns(started.id(), HmsRecording::id);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
        looks.forEach(look -> look.cancel(true));
    }

    private static void awaitLength(HmsRecording running) {
        // Below the simulator's minimum a beam fails as BEAM_STOPPED.
        var longEnough = Objects.requireNonNull(running.startedAt()).plusSeconds(1);
        await().atMost(LIMIT).until(() -> Instant.now().isAfter(longEnough));
    }

    private static HmsRecording found(Mono<HmsAnswer> call) {
        var answer = answered(call);
        assertThat(answer).isInstanceOf(HmsAnswer.Found.class);
        return ((HmsAnswer.Found) answer).recording();
    }

    private static List<HmsRecording> listed(RoomId room, Instant since) {
        return switch (answered(hms.list(room, since, LIMIT))) {
            case Reply.Given<List<HmsRecording>>(var recordings) -> recordings;
            case Reply.Withheld<List<HmsRecording>>(var why) -> throw new AssertionError(why);
        };
    }

    private static RoomId room() {
        return new RoomId(post("/_simulator/rooms", "{\"name\":\"A talk\"}").get("id").stringValue());
    }

    private static void fault(String fault) {
        post("/_simulator/faults", "{\"api\":[" + fault + "]}");
    }

    private static JsonNode post(String path, String body) {
        return answered(control.post().uri(path).contentType(MediaType.APPLICATION_JSON).bodyValue(body).retrieve()
                .bodyToMono(JsonNode.class));
    }

    private static byte[] bytes(URI uri) {
        return answered(WebClient.builder().codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(-1)).build().get()
                .uri(uri).retrieve().bodyToMono(byte[].class));
    }

    private static <T> T answered(Mono<T> call) {
        return Objects.requireNonNull(call.block(LIMIT.plusSeconds(5)));
    }
}
