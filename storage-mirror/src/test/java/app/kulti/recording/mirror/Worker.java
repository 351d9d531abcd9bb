package app.kulti.recording.mirror;

import app.kulti.recording.infra.local.testing.RealS3;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.client.ReactorResourceFactory;

/** The service in this JVM, on free ports. */
final class Worker implements AutoCloseable {
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ConfigurableApplicationContext context;

    /** As a process has them; the first worker that ended would otherwise take those of all others with it. */
    static class OwnEventLoops implements BeanPostProcessor {
        @Override
        public Object postProcessBeforeInitialization(Object bean, String name) {
            if (bean instanceof ReactorResourceFactory loops) {
                loops.setUseGlobalResources(false);
            }
            return bean;
        }
    }

    private Worker(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** At the shared S3 server. */
    static Worker start(String kafka, String bucket, String allowedHosts) {
        var storage = RealS3.shared();
        return start(kafka, storage.endpoint(), storage.accessKey(), storage.secretKey(), bucket, allowedHosts);
    }

    static Worker start(String kafka, URI s3, String accessKey, String secretKey, String bucket,
            String allowedHosts) {
        return new Worker(
                new SpringApplicationBuilder(MirrorApplication.class, OwnEventLoops.class).run("--server.port=0",
                        "--management.server.port=0", "--spring.jmx.enabled=false",
                        "--spring.kafka.bootstrap-servers=" + kafka, "--kulti.storage.endpoint=" + s3,
                        "--kulti.storage.accesskey=" + accessKey, "--kulti.storage.secretkey=" + secretKey,
                        "--kulti.storage.bucket=" + bucket, "--kulti.mirror.allowedhosts=" + allowedHosts,
                        "--kulti.mirror.partsize=5MB", "--kulti.mirror.memory=30MB"));
    }

    void awaitReady() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> status("readiness") == 200);
    }

    /** Of a health group. */
    int status(String group) {
        try {
            var port = context.getEnvironment().getRequiredProperty("local.management.port");
            return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:%s/actuator/health/%s"
                    .formatted(port, group))).timeout(Duration.ofSeconds(10)).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Asks it by POST; at its management port, or at the other one. */
    HttpResponse<String> post(boolean management, String path) throws IOException, InterruptedException {
        var port = context.getEnvironment()
                .getRequiredProperty(management ? "local.management.port" : "local.server.port");
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:%s%s".formatted(port, path)))
                .POST(BodyPublishers.noBody()).timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
    }

    /** Films that it copies at this moment. */
    int copying() {
        return (int) context.getBean(MeterRegistry.class).get("kulti.mirror.copies.active").gauge().value();
    }

    /** Leaves all that it has to others, as it does when it is stopped or partitions move; and then comes back. */
    void handOver() {
        var reader = context.getBean("eventReader", SmartLifecycle.class);
        reader.stop();
        reader.start();
    }

    /** Ends it, and tells how long that took. */
    Duration stop() {
        var begun = System.nanoTime();
        close();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Override
    public void close() {
        context.close();
    }
}
