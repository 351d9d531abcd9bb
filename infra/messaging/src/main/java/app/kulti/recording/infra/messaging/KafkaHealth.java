package app.kulti.recording.infra.messaging;

import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import reactor.core.publisher.Mono;

/** Whether the brokers answer; for readiness, never for liveness. */
public final class KafkaHealth extends AbstractReactiveHealthIndicator {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Admin admin;

    /** Asks through {@code admin}, which is the caller's to close. */
    public KafkaHealth(Admin admin) {
        super("Kafka does not answer");
        this.admin = admin;
    }

    @Override
    protected Mono<Health> doHealthCheck(Health.Builder builder) {
        return Mono.fromFuture(() -> admin.describeCluster(new DescribeClusterOptions()
                .timeoutMs((int) LIMIT.toMillis())).nodes().toCompletionStage().toCompletableFuture())
                .timeout(LIMIT)
                .map(nodes -> builder.up().withDetail("brokers", nodes.size()).build());
    }
}
