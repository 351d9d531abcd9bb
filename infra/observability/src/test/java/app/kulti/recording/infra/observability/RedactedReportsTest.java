package app.kulti.recording.infra.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** What a service that is given nothing but a DSN tells Sentry. */
class RedactedReportsTest {
    private static final String SIGNED = "https://b.s3.amazonaws.com/a.mp4?X-Amz-Signature=s3cr3t";

    private final BlockingQueue<String> reports = new LinkedBlockingQueue<>();
    private HttpServer sentry;

    @BeforeEach
    void listen() throws IOException {
        sentry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sentry.createContext("/", this::take);
        sentry.start();
    }

    @AfterEach
    void stop() {
        sentry.stop(0);
        MDC.clear();
    }

    @Test
    void errorsWithTheirRecordingAndWithoutSecrets() throws InterruptedException {
        try (var _ = new SpringApplicationBuilder(Service.class).web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF).run("--spring.config.import=classpath:observability.yml",
                        "--sentry.dsn=http://key@localhost:%d/1".formatted(sentry.getAddress().getPort()))) {
            var log = LoggerFactory.getLogger("org.example.Anybody");
            MDC.put(RecordingInLogs.FIELD, "5f1c");
            log.info("reading {}", SIGNED);
            log.error("gave up on {}", SIGNED, new IOException("401 for Bearer s3cr3t-s3cr3t"));
        }

        var report = reports.poll(10, TimeUnit.SECONDS);
        assertThat(report).contains("gave up on https://b.s3.amazonaws.com/a.mp4?[redacted]",
                "401 for Bearer [redacted]", "\"recordingId\":\"5f1c\"").doesNotContain("s3cr3t", "user.name",
                        System.getProperty("user.home"));
    }

    /** Other kinds of envelopes (sessions, for one) may come along. */
    private void take(HttpExchange exchange) throws IOException {
        try (exchange; var body = new GZIPInputStream(exchange.getRequestBody())) {
            var envelope = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            if (envelope.contains("\"type\":\"event\"")) {
                reports.add(envelope);
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Service {}
}
