package app.kulti.recording.infra.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import app.kulti.recording.infra.journeys.Collector.Seen;
import app.kulti.recording.infra.local.run.Caller;
import app.kulti.recording.infra.local.run.Credentials;
import app.kulti.recording.infra.local.run.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a click led to can be followed, through four services and 100ms, to the object in storage. */
class OneTraceIT {
    private static final Collector SPANS = RunningSystem.spans();

    private static Stage stage;
    private static String recording;
    private static Seen copy;

    @BeforeAll
    static void aRecordingIsMade() {
        stage = Stage.live(RunningSystem.shared(), "One trace");
        recording = stage.film();
        stage.awaitMirrored(recording);
        copy = SPANS.await("the copy", span -> span.is("storage-mirror", "copy") && span.isAbout(recording));
    }

    @Test
    void fromTheClickToTheStoredObject() {
        assertThat(SPANS.wayTo(copy)).map(Seen::toString).containsExactly(
                "api-gateway: http post /api/hms/start-recording",
                "api-gateway: send recording.commands",
                "recording-processor: process recording.commands",
                "recording-processor: advance recording",
                "recording-processor: send recording.events",
                "storage-mirror: process recording.events",
                "storage-mirror: copy");
        assertThat(copy.attributes()).containsEntry("aws.s3.key", "%s/%s.mp4".formatted(stage.session, recording))
                .containsEntry("copy.ending", "Verified");
        assertThat(stage.host.get("/api/recordings/%s/playback".formatted(recording)).status()).isEqualTo(302);
        inTheTrace("recording-processor", "process mirror.reports");
    }

    @Test
    void theCallTo100msIsPartOfIt() {
        var start = inTheTrace("recording-processor", "start at 100ms");
        var call = SPANS.await("the call",
                span -> span.parent().equals(start.id()) && span.attributes().containsKey("http.url"));

        assertThat(start.isAbout(recording)).isTrue();
        assertThat(call.trace()).isEqualTo(copy.trace());
        assertThat(call.attributes()).extractingByKey("http.url", STRING)
                .contains("/recordings/room/" + stage.room + "/start");
        inTheTrace("recording-processor", "process recording.findings");
    }

    /** 100ms knows nothing of our traces: what brings its webhook in is a trace of its own, found by the recording. */
    @Test
    void theWebhookIsLinked() {
        var advance = SPANS.wayTo(copy).get(3);
        var webhook = SPANS.await("the webhook", span -> advance.links().contains(span.id()));

        assertThat(advance.isAbout(recording)).isTrue();
        assertThat(webhook.trace()).isNotEqualTo(copy.trace());
        assertThat(SPANS.wayTo(webhook)).map(Seen::toString).containsExactly(
                "webhook-ingest: http post /api/webhooks/hms",
                "webhook-ingest: send hms.webhooks",
                "recording-processor: process hms.webhooks");
    }

    /** A stop is a click of its own, with an answer of its own. */
    @Test
    void whatTheStopLedToIsLinkedToo() {
        var stop = SPANS.await("the stop", span -> span.is("recording-processor", "stop at 100ms")
                && span.isAbout(recording));

        assertThat(SPANS.wayTo(stop).getFirst()).hasToString("api-gateway: http post /api/hms/stop-recording");
        assertThat(SPANS.all()).anySatisfy(span -> {
            assertThat(span.is("recording-processor", "advance recording") && span.isAbout(recording)).isTrue();
            assertThat(span.links()).anySatisfy(link -> assertThat(SPANS.all()).anySatisfy(linked -> {
                assertThat(linked.id()).isEqualTo(link);
                assertThat(linked.trace()).isEqualTo(stop.trace());
            }));
        });
    }

    @Test
    void probesAreNotTraced() {
        assertThat(SPANS.all()).noneMatch(span -> span.told().contains("/actuator"));
    }

    @Test
    void linesOfTheLogNameTraceAndRecording() {
        await().atMost(Stage.LIMIT).untilAsserted(() -> assertThat(lines(Service.MIRROR, recording)).isNotEmpty()
                .allSatisfy(line -> {
                    assertThat(line.path("recordingId").stringValue()).isEqualTo(recording);
                    assertThat(line.path("traceId").stringValue()).isEqualTo(copy.trace());
                }));
    }

    @Test
    void soDoesOneThatIsWrittenInAReactiveChain() {
        var refused = new Caller(stage.system.ingest(), null).post("/api/webhooks/hms", " ".repeat(300_000),
                Credentials.WEBHOOK_SECRET_HEADER, Credentials.WEBHOOK_SECRET);

        assertThat(refused.status()).isEqualTo(413);
        await().atMost(Stage.LIMIT).untilAsserted(
                () -> assertThat(lines(Service.INGEST, "TOO_LARGE")).isNotEmpty().allSatisfy(line -> {
                    var trace = line.path("traceId").asString("");
                    assertThat(SPANS.all()).anyMatch(span -> span.service().equals("webhook-ingest")
                            && span.trace().equals(trace) && "Refusal".equals(span.attributes().get("exception")));
                }));
    }

    private static List<JsonNode> lines(Service service, String word) throws IOException {
        try (var lines = Files.lines(stage.system.logs().resolve(service.module() + ".log"))) {
            return lines.filter(line -> line.contains(word)).map(JsonMapper.shared()::readTree).toList();
        }
    }

    private static Seen inTheTrace(String service, String name) {
        return SPANS.await(service + ": " + name, span -> span.is(service, name)
                && span.trace().equals(copy.trace()));
    }
}
