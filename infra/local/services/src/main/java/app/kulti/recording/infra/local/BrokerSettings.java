package app.kulti.recording.infra.local;

import java.util.Map;

/**
 * What makes one broker behave as the cluster in production does, wherever it runs: as a process here, or in a
 * container.
 */
public final class BrokerSettings {

    private BrokerSettings() {}

    /** Names and values as in {@code server.properties}. */
    public static Map<String, String> ofOneBroker() {
        return Map.ofEntries(
                // A topic that nobody created is a mistake to be seen, not to be filled.
                Map.entry("auto.create.topics.enable", "false"),
                // Internal topics cannot be copied to brokers that are not there; fifty partitions each are slow to
                // make for nothing.
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "5"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "5"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "5"),
                // Nobody waits for a second member that does not come.
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("share.coordinator.append.linger.ms", "0"));
    }
}
