package app.kulti.recording.infra.ops.kafka;

import app.kulti.recording.infra.ops.OpsSettings;
import app.kulti.recording.infra.ops.Told;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Connections to Kafka, and its faults in an operator's words. */
public final class Broker implements AutoCloseable {
    /** What does not answer for so long does not answer. */
    static final Duration LIMIT = Duration.ofSeconds(10);

    private final OpsSettings settings;
    private final Admin admin;

    /** Connects when it is first asked for something. */
    public Broker(OpsSettings settings) {
        this.settings = settings;
        try {
            this.admin = Admin.create(common());
        } catch (KafkaException e) {
            throw told(e);
        }
    }

    /** Limits that suit somebody who waits; what the environment says of them wins. */
    private Map<String, Object> common() {
        var with = new HashMap<String, Object>();
        with.put("request.timeout.ms", (int) LIMIT.toMillis() / 2);
        with.put("default.api.timeout.ms", (int) LIMIT.toMillis());
        with.put("socket.connection.setup.timeout.ms", 3000);
        with.put("socket.connection.setup.timeout.max.ms", 5000);
        with.putAll(settings.kafka());
        with.put("client.id", "kulti-ops");
        return with;
    }

    Admin admin() {
        return admin;
    }

    Consumer<String, byte[]> consumer() {
        var with = common();
        with.put("enable.auto.commit", false);
        with.put("auto.offset.reset", "none");
        with.put("max.poll.records", 1000);
        // What is read lies there already. A consumer asks ahead of what it hands out; at a partition's end the broker
        // would keep that question for half a second, and the next partition's with it.
        with.put("fetch.max.wait.ms", 10);
        return new KafkaConsumer<>(with, new StringDeserializer(), new ByteArrayDeserializer());
    }

    Producer<String, byte[]> producer() {
        var with = common();
        with.put("acks", "all");
        with.put("enable.idempotence", true);
        with.putIfAbsent("linger.ms", 5);
        with.putIfAbsent("max.block.ms", LIMIT.toMillis());
        with.putIfAbsent("delivery.timeout.ms", (int) LIMIT.toMillis() * 2);
        // Dead letters go back with all that their first readers got.
        with.put("max.request.size", 2 * 1024 * 1024);
        return new KafkaProducer<>(with, new StringSerializer(), new ByteArraySerializer());
    }

    /** Waits for an answer, within the limit. */
    <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw told(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw told(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw told(e);
        }
    }

    /** The fault in words. */
    public Told told(Throwable fault) {
        return switch (fault) {
            case Told told -> told;
            case UnknownTopicOrPartitionException _ -> Told.unreachable(
                    "A topic is not there (%s). kulti-ops doctor says which should be.".formatted(fault.getMessage()),
                    fault);
            case AuthenticationException _ -> Told.unreachable(
                    "Kafka at %s does not take these credentials: mend SPRING_KAFKA_PROPERTIES_SASL_* or SPRING_KAFKA_SSL_*."
                            .formatted(settings.brokers()),
                    fault);
            case AuthorizationException _ -> Told.unreachable(
                    "Kafka at %s forbids it: %s. The operators' ACLs are in the deployment's scripts."
                            .formatted(settings.brokers(), fault.getMessage()),
                    fault);
            default -> Told.unreachable(
                    "Kafka at %s does not answer (%s). Is it up, and is SPRING_KAFKA_BOOTSTRAP_SERVERS right?"
                            .formatted(settings.brokers(), fault.getClass().getSimpleName()),
                    fault);
        };
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
