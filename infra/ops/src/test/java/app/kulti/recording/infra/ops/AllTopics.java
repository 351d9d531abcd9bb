package app.kulti.recording.infra.ops;

import app.kulti.recording.events.wire.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The system's topics, as the contract has them. */
final class AllTopics {
    private AllTopics() {}

    static void makeMissing(Admin admin) throws Exception {
        var there = admin.listTopics().names().get(30, TimeUnit.SECONDS);
        var recordings = Stream.concat(Topics.ALL.stream(), Stream.of(Topics.AUDIT))
                .map(topic -> topic(topic.name(), topic.partitions(), topic.kept(), topic.maxBytes()));
        var deadLetters = Topics.DEAD_LETTERS.stream()
                .map(topic -> topic(topic.name(), topic.partitions(), topic.kept(), topic.maxBytes()));
        admin.createTopics(Stream.concat(recordings, deadLetters).filter(topic -> !there.contains(topic.name()))
                .toList()).all().get(30, TimeUnit.SECONDS);
    }

    private static NewTopic topic(String name, int partitions, Duration kept, int largest) {
        return new NewTopic(name, partitions, (short) 1).configs(Map.of("retention.ms",
                Long.toString(kept.toMillis()), "max.message.bytes", Integer.toString(largest)));
    }
}
