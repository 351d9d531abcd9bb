package app.kulti.recording.infra.messaging;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Whether the brokers answer; for readiness, never for liveness. The client that asks them is made when they are first asked
 * about: an address that cannot be resolved yet is no reason for a service not to start.
 */
public final class KafkaHealth extends AbstractReactiveHealthIndicator implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Map<String, Object> settings;
    private @Nullable Admin client;

    /** Asks with an admin client of these {@code settings}. */
    public KafkaHealth(Map<String, Object> settings) {
        super("Kafka does not answer");
        this.settings = Map.copyOf(settings);
    }

    @Override
    protected Mono<Health> doHealthCheck(Health.Builder builder) {
        // Making the client looks the brokers' names up there and then.
        return Mono.fromCallable(this::client).subscribeOn(Schedulers.boundedElastic())
                .flatMap(made -> Mono.fromFuture(made.describeCluster(new DescribeClusterOptions()
                        .timeoutMs((int) LIMIT.toMillis())).nodes().toCompletionStage().toCompletableFuture()))
                .timeout(LIMIT)
                .map(nodes -> builder.up().withDetail("brokers", nodes.size()).build());
    }

    private synchronized Admin client() {
        var made = client;
        if (made == null) {
            made = Admin.create(settings);
            client = made;
        }
        return made;
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close(LIMIT);
        }
    }
}
