package app.kulti.recording.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.infra.local.LocalKafka;
import app.kulti.recording.infra.local.Port;
import app.kulti.recording.infra.local.testing.BegunRequest;
import app.kulti.recording.ingest.RunningIngest.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker of its own, for it is absent at first and killed later. */
class KafkaAwayIT {
    private static final byte[] WEBHOOK = "{\"type\":\"beam.failure\"}".getBytes(UTF_8);

    @TempDir
    private Path folder;

    @Test
    void whileKafkaIsAwayItSays503InTimeAndAsSoonAsItIsBackItTakesWebhooks() throws Exception {
        var port = Port.any("Kafka").number();
        try (var ingest = RunningIngest.start("127.0.0.1:" + port)) {
            assertThat(ingest.actuator("/actuator/health/liveness").status()).isEqualTo(200);
            assertThat(ingest.actuator("/actuator/health/readiness").status()).isEqualTo(503);
            assertThat(ingest.check().body()).contains("\"ok\":false", "SPRING_KAFKA_BOOTSTRAP_SERVERS");
            assertRefusedInTime(ingest);

            try (var kafka = LocalKafka.start(folder, new Port("Kafka", port, "this test"))) {
                WebhooksTopic.create(kafka.bootstrapServers()).close();
                ingest.awaitReady();
                assertThat(ingest.post(WEBHOOK).status()).isEqualTo(200);

                kafka.kill();
                assertRefusedInTime(ingest);
                assertThat(ingest.actuator("/actuator/health/readiness").status()).isEqualTo(503);
                assertThat(ingest.actuator("/actuator/health/liveness").status()).isEqualTo(200);

                kafka.restart();
                Awaitility.await().pollInterval(Duration.ofMillis(100)).atMost(Duration.ofSeconds(5))
                        .until(() -> ingest.postAll(List.of(WEBHOOK)).getFirst().status() == 200);
                ingest.awaitReady();
            }
        }
    }

    @Test
    void brokersWhoseNameNobodyKnowsAreAwayToo() throws Exception {
        try (var ingest = RunningIngest.start("absent.invalid:9092")) {
            assertThat(ingest.actuator("/actuator/health/liveness").status()).isEqualTo(200);
            assertThat(ingest.actuator("/actuator/health/readiness").status()).isEqualTo(503);
            assertRefusedInTime(ingest);
        }
    }

    @Test
    void whoHasBegunToSpeakIsAnsweredBeforeItEnds() throws Exception {
        try (var ingest = RunningIngest.start("absent.invalid:9092")) {
            assertThat(ingest.actuator("/actuator/health/startup").status()).isEqualTo(200);
            var begun = BegunRequest.post(ingest.port(), "/api/webhooks/hms", Map.of("Content-Type", "application/json",
                    "X-Kulti-Webhook-Secret", RunningIngest.SECRET), new String(WEBHOOK, UTF_8));

            assertThat(begun.answeredDuring(ingest::close)).startsWith("HTTP/1.1 503").contains("Retry-After: 1");
        }
    }

    /** As many as 100ms might send at once, each within the two seconds. */
    private static void assertRefusedInTime(RunningIngest ingest) {
        var bodies = IntStream.range(0, 50).mapToObj(_ -> WEBHOOK).toList();
        var begun = System.nanoTime();

        List<Answer> answers = ingest.postAll(bodies);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.retryAfter()).isEqualTo("1");
            assertThat(answer.contentType()).isEqualTo("application/problem+json");
            assertThat(answer.body()).contains("\"error\":").doesNotContain("Exception");
        });
    }
}
