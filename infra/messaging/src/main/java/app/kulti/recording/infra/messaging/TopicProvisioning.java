package app.kulti.recording.infra.messaging;

import app.kulti.recording.events.wire.Topics;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics of the contract where no platform has made them: local runs and tests. The services never call it. */
public final class TopicProvisioning {
    private TopicProvisioning() {}

    /**
     * Makes those that are missing; existing ones stay as they are.
     *
     * @param replication copies of each partition
     * @throws IllegalStateException when the broker did not make them within {@code limit}
     */
    public static void createMissing(Admin admin, short replication, Duration limit) throws InterruptedException {
        try {
            var existing = new HashSet<>(admin.listTopics().names().get(limit.toMillis(), TimeUnit.MILLISECONDS));
            var missing = all(replication).filter(topic -> !existing.contains(topic.name())).toList();
            for (var result : admin.createTopics(missing).values().values()) {
                try {
                    result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw e;
                    }
                }
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the topics could not be made within " + limit, e);
        }
    }

    private static Stream<NewTopic> all(short replication) {
        return Stream.concat(
                Stream.concat(Topics.ALL.stream(), Stream.of(Topics.AUDIT))
                        .map(topic -> newTopic(topic.name(), topic.partitions(), replication, topic.kept(),
                                topic.maxBytes())),
                Topics.DEAD_LETTERS.stream().map(topic -> newTopic(topic.name(), topic.partitions(), replication,
                        topic.kept(), topic.maxBytes())));
    }

    private static NewTopic newTopic(String name, int partitions, short replication, Duration kept, int maxBytes) {
        return new NewTopic(name, partitions, replication).configs(Map.of(
                TopicConfig.RETENTION_MS_CONFIG, Long.toString(kept.toMillis()),
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxBytes)));
    }

    /** The names of all topics, dead letters included. */
    public static List<String> names() {
        return all((short) 1).map(NewTopic::name).toList();
    }
}
