package app.kulti.recording.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.infra.local.testing.RealKafka;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandle;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.kafka.core.ProducerFactory;
import reactor.blockhound.BlockHound;
import tools.jackson.databind.json.JsonMapper;

/** The service in this JVM, on free ports, with a watch on its event loops. */
final class RunningIngest implements AutoCloseable {
    static final String SECRET = "secret-one";

    private static final Map<String, String> AS_100MS = Map.of("X-Kulti-Webhook-Secret", SECRET, "Content-Type",
            "application/json");

    private static final ListAppender<ILoggingEvent> LEAKS = new ListAppender<>();

    static {
        LEAKS.start();
        BlockHound.install(builder -> {
            // Its lock is held for some instructions; with max.block.ms 0 nothing is waited for inside.
            builder.allowBlockingCallsInside("org.apache.kafka.clients.producer.internals.BufferPool", "allocate");
            // A class is loaded once.
            builder.allowBlockingCallsInside("java.lang.ClassLoader", "loadClass");
        });
    }

    private static final class Shared {
        private static final RunningIngest INGEST = ready();

        private static RunningIngest ready(String... more) {
            // The topic first, which the service does not make.
            WebhooksTopic.shared();
            var ingest = start(RealKafka.shared().bootstrapServers(), more);
            ingest.awaitReady();
            return ingest;
        }
    }

    private static final class SharedOnEpoll {
        private static final RunningIngest INGEST = Shared.ready("--kulti.ingest.io-uring=false");
    }

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5)).build();
    private final ConfigurableApplicationContext context;

    private RunningIngest(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** One for all tests of this JVM that only send it things; what it takes is on {@link WebhooksTopic#shared()}. */
    static RunningIngest shared() {
        return Shared.INGEST;
    }

    /** The same where there is no io_uring. */
    static RunningIngest sharedOnEpoll() {
        return SharedOnEpoll.INGEST;
    }

    /** What Netty's detector has said since the first one in this JVM was started: each leak is told of once only. */
    static List<String> leaks() {
        return LEAKS.list.stream().map(ILoggingEvent::getFormattedMessage).map(RunningIngest::origin).toList();
    }

    /** A report has every access to the buffer, which is too much to read; the last lines say where it was made. */
    private static String origin(String report) {
        return report.substring(Math.max(0, report.lastIndexOf("Created at:"))).lines().limit(20)
                .collect(Collectors.joining("\n"));
    }

    static RunningIngest start(String kafka, String... more) {
        var context = new SpringApplicationBuilder(IngestApplication.class).run(Stream.concat(
                Stream.of("--server.port=0", "--management.server.port=0", "--spring.jmx.enabled=false",
                        "--spring.netty.leak-detection=paranoid", "--spring.kafka.bootstrap-servers=" + kafka,
                        "--kulti.webhook.secrets=" + SECRET + ",secret-two"),
                Stream.of(more)).toArray(String[]::new));
        // Boot begins with a logging system of its own, without what others appended.
        var detector = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
        detector.detachAppender(LEAKS);
        detector.addAppender(LEAKS);
        return new RunningIngest(context);
    }

    int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** Whether its event loops are driven by such. */
    boolean isOn(Class<? extends IoHandle> transport) {
        var loops = context.getBean(ReactorResourceFactory.class).getLoopResources().onServer(true);
        return ((IoEventLoopGroup) loops).isCompatible(transport);
    }

    /** As the producer that it sends with has it. */
    @Nullable
    Object producerSetting(String name) {
        return context.getBean(ProducerFactory.class).getConfigurationProperties().get(name);
    }

    void awaitReady() {
        Awaitility.await().atMost(Duration.ofSeconds(60))
                .until(() -> actuator("/actuator/health/readiness").status() == 200);
    }

    /** As 100ms does it: again while we say 503, which on a busy machine may be once. */
    Answer post(byte[] body) {
        return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(30)).until(() -> post(body, AS_100MS), answer -> answer.status() != 503);
    }

    Answer post(byte[] body, Map<String, String> headers) throws IOException, InterruptedException {
        return send("POST", "/api/webhooks/hms", body, headers);
    }

    Answer send(String method, String path, byte[] body, Map<String, String> headers)
            throws IOException, InterruptedException {
        return Answer.of(http.send(request(method, port(), path, body, headers), BodyHandlers.ofString(UTF_8)));
    }

    /** All at once and once only; the answers in the same order. */
    List<Answer> postAll(List<byte[]> bodies) {
        return bodies.stream()
                .map(body -> http.sendAsync(request("POST", port(), "/api/webhooks/hms", body, AS_100MS),
                        BodyHandlers.ofString(UTF_8)))
                .toList().stream().map(CompletableFuture::join).map(Answer::of).toList();
    }

    Answer actuator(String path) throws IOException, InterruptedException {
        return Answer.of(http.send(request("GET", managementPort(), path, new byte[0], Map.of()),
                BodyHandlers.ofString(UTF_8)));
    }

    /** What 100ms would send, at the wrong door. */
    Answer postToActuator(byte[] body) throws IOException, InterruptedException {
        return Answer.of(http.send(request("POST", managementPort(), "/api/webhooks/hms", body, AS_100MS),
                BodyHandlers.ofString(UTF_8)));
    }

    /** Asked by an operator at the right door. */
    Answer check() throws IOException, InterruptedException {
        return Answer.of(http.send(request("POST", managementPort(), "/ops/check", new byte[0], Map.of()),
                BodyHandlers.ofString(UTF_8)));
    }

    private int managementPort() {
        return context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
    }

    @Override
    public void close() {
        context.close();
        http.close();
    }

    private static HttpRequest request(String method, int port, String path, byte[] body, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20)).method(method, BodyPublishers.ofByteArray(body));
        if (!headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        return request.build();
    }

    /** What came back. */
    record Answer(int status, String body, @Nullable String contentType, @Nullable String retryAfter) {
        /** The only answer that 100ms takes for success. */
        static final Answer RECEIVED = new Answer(200, "{\"received\":true}", "application/json", null);

        static Answer of(HttpResponse<String> response) {
            var headers = response.headers();
            return new Answer(response.statusCode(), response.body(), headers.firstValue("Content-Type").orElse(null),
                    headers.firstValue("Retry-After").orElse(null));
        }

        /** As every refusal is: the same reason for programs and for people. */
        void assertIsProblem(int expected, String error) {
            assertThat(status).isEqualTo(expected);
            assertThat(contentType).isEqualTo("application/problem+json");
            var problem = JsonMapper.shared().readTree(body);
            assertThat(problem.path("status").asInt()).isEqualTo(expected);
            assertThat(problem.path("error").asString()).isEqualTo(error);
            assertThat(problem.path("detail").asString()).isEqualTo(error);
        }
    }
}
