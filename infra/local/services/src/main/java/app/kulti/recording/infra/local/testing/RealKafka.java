package app.kulti.recording.infra.local.testing;

import app.kulti.recording.infra.local.LocalKafka;
import app.kulti.recording.infra.local.Port;

/**
 * The broker that all tests of this JVM share, started at first use. Tests keep apart by topics and groups of their own; one that kills its
 * broker starts its own with {@link LocalKafka}.
 *
 * @param bootstrapServers as clients want it
 */
public record RealKafka(String bootstrapServers) {

    private static final class Shared {
        private static final RealKafka BROKER = Servers.ofThisMachine().start(RealKafka::container, RealKafka::process);
    }

    public static RealKafka shared() {
        return Shared.BROKER;
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
