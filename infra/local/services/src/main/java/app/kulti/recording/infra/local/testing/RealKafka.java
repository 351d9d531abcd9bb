package app.kulti.recording.infra.local.testing;

import app.kulti.recording.infra.local.LocalKafka;
import app.kulti.recording.infra.local.Port;

/**
 * The broker that all tests of this JVM share, started at first use. Tests keep apart by topics and groups of their
 * own; one that kills its broker starts its own with {@link LocalKafka}.
 */
public final class RealKafka {

    private static final class Shared {
        private static final RealKafka BROKER = Servers.ofThisMachine().start(RealKafka::container, RealKafka::process);
    }

    private final String bootstrapServers;

    private RealKafka(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    public static RealKafka shared() {
        return Shared.BROKER;
    }

    /** As clients want it: {@code host:port}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    private static RealKafka container() {
        var container = Containers.kafka();
        container.start();
        return new RealKafka(container.getBootstrapServers());
    }

    private static RealKafka process() {
        return new RealKafka(
                TestFolder.start("kafka", folder -> LocalKafka.start(folder, Port.any("Kafka"))).bootstrapServers());
    }
}
