package app.kulti.recording.infra.local.testing;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.infra.local.BrokerSettings;
import app.kulti.recording.infra.local.LocalPostgres;
import org.junit.jupiter.api.Test;

class ServersTest {

    @Test
    void whereAnEngineAnswersServersRunInContainers() {
        var servers = Servers.choose(() -> true, () -> true);

        assertThat(servers).isEqualTo(Servers.CONTAINERS);
        assertThat(servers.<String>start(() -> "container", () -> fail("a process"))).isEqualTo("container");
    }

    @Test
    void whereNoEngineAnswersServersRunAsProcesses() {
        var servers = Servers.choose(() -> true, () -> false);

        assertThat(servers).isEqualTo(Servers.PROCESSES);
        assertThat(servers.<String>start(() -> fail("a container"), () -> "process")).isEqualTo("process");
    }

    @Test
    void whereTestcontainersIsAbsentNoEngineIsAskedFor() {
        assertThat(Servers.choose(() -> false, () -> {
            throw new AssertionError("asked");
        })).isEqualTo(Servers.PROCESSES);
    }

    @Test
    void theBrokersContainerIsOfTheSameVersionWithTheSameSettings() {
        try (var container = Containers.kafka()) {
            assertThat(container.getImage().toString()).containsPattern("apache/kafka:\\d+\\.\\d+\\.\\d+\\b");
            assertThat(container.getEnvMap()).containsEntry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                    .containsEntry("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1")
                    .hasSizeGreaterThan(BrokerSettings.ofOneBroker().size());
        }
    }

    @Test
    void theDatabasesContainerIsOfTheSameVersionWithTheSameSuperuser() {
        try (var container = Containers.postgres()) {
            assertThat(container.getImage().toString()).containsPattern("postgres:\\d+\\.\\d+\\b");
            assertThat(container.getUsername()).isEqualTo(LocalPostgres.SUPERUSER);
            assertThat(container.getPassword()).isEqualTo(LocalPostgres.PASSWORD);
            assertThat(container.getDatabaseName()).isEqualTo(LocalPostgres.DATABASE);
        }
    }

    private static String fail(String what) {
        throw new AssertionError("started " + what);
    }
}
