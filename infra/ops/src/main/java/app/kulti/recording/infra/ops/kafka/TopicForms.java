package app.kulti.recording.infra.ops.kafka;

import app.kulti.recording.events.wire.Topic;
import app.kulti.recording.events.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;

/** Whether the topics are as the contract wants them. */
public final class TopicForms {
    private static final String RETENTION = "retention.ms";
    private static final String LARGEST = "max.message.bytes";
    private static final String CLEANUP = "cleanup.policy";

    private final Broker broker;

    public TopicForms(Broker broker) {
        this.broker = broker;
    }

    /**
     * A topic.
     *
     * @param wrong null when it is as it should be
     * @param mend  the command that makes it so
     */
    public record Form(String topic, @Nullable String wrong, @Nullable String mend) {}

    private record Wanted(String name, int partitions, Duration kept, int maxBytes) {}

    private static List<Wanted> wanted() {
        return Stream.of(
                Topics.ALL.stream().map(TopicForms::wanted), Stream.of(wanted(Topics.AUDIT)),
                Topics.DEAD_LETTERS.stream().map(topic -> new Wanted(topic.name(), topic.partitions(), topic.kept(),
                        topic.maxBytes())))
                .flatMap(all -> all).toList();
    }

    private static Wanted wanted(Topic<?> topic) {
        return new Wanted(topic.name(), topic.partitions(), topic.kept(), topic.maxBytes());
    }

    /** How many brokers answer. */
    public int brokers() {
        return broker.get(broker.admin().describeCluster().nodes()).size();
    }

    /** Every topic of the system. */
    public List<Form> list() {
        var there = broker.get(broker.admin().listTopics().names());
        var existing = wanted().stream().map(Wanted::name).filter(there::contains).toList();
        var described = broker.get(broker.admin().describeTopics(existing).allTopicNames());
        var configs = new HashMap<String, Config>();
        broker.get(broker.admin().describeConfigs(existing.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList()).all())
                .forEach((resource, config) -> configs.put(resource.name(), config));
        return wanted().stream().map(wanted -> form(wanted, described, configs)).toList();
    }

    private static Form form(Wanted wanted, Map<String, TopicDescription> described, Map<String, Config> configs) {
        var topic = described.get(wanted.name());
        var config = configs.get(wanted.name());
        if (topic == null || config == null) {
            return new Form(wanted.name(), "is not there",
                    "kafka-topics.sh --create --topic %s --partitions %d --config %s=%d --config %s=%d".formatted(
                            wanted.name(), wanted.partitions(), RETENTION, wanted.kept().toMillis(), LARGEST,
                            wanted.maxBytes()));
        }
        var settings = new ArrayList<String>();
        compare(config, RETENTION, wanted.kept().toMillis(), settings);
        compare(config, LARGEST, wanted.maxBytes(), settings);
        if (!"delete".equals(config.get(CLEANUP).value())) {
            settings.add(CLEANUP + "=delete");
        }
        // More is as good: nothing depends on their number.
        if (topic.partitions().size() < wanted.partitions()) {
            return new Form(wanted.name(), "has %d partitions instead of %d".formatted(topic.partitions().size(),
                    wanted.partitions()),
                    "kafka-topics.sh --alter --topic %s --partitions %d".formatted(wanted.name(),
                            wanted.partitions()));
        }
        return settings.isEmpty()
                ? new Form(wanted.name(), null, null)
                : new Form(wanted.name(), "should have " + String.join(", ", settings),
                        "kafka-configs.sh --alter --topic %s --add-config %s".formatted(wanted.name(),
                                String.join(",", settings)));
    }

    /** Kept longer or taking more than was asked for does no harm; less does. */
    private static void compare(Config config, String name, long wanted, List<String> settings) {
        var is = Long.parseLong(config.get(name).value());
        if (is < wanted && is != -1) {
            settings.add(name + "=" + wanted);
        }
    }
}
