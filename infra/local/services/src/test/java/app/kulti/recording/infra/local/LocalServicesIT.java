package app.kulti.recording.infra.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines that a person types, with the jar that the build made. */
class LocalServicesIT {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"kafka, Kafka Server started", "postgres, jdbc:postgresql://127.0.0.1:", "s3, S3 serves at"})
    void aServerIsOneLine(String kind, String ready) {
        var port = Port.any(kind);
        var line = line(kind, port.number()).ready(Readiness.logged(ready), Duration.ofSeconds(60));

        try (var server = line.start().awaitReady()) {
            assertThat(port.isFree()).isFalse();
            assertThat(server.isAlive()).isTrue();
        }
        assertThat(port.isFree()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"kafka, Kafka", "postgres, PostgreSQL", "s3, S3"})
    void aTakenPortIsNamed(String kind, String name) throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var server = line(kind, other.getLocalPort()).start();

            assertThatThrownBy(() -> server.awaitEnd(Duration.ofSeconds(30)))
                    .hasMessageContaining("Port %d for %s is already in use".formatted(other.getLocalPort(), name))
                    .hasMessageContaining("choose another port with --port").message().doesNotContain("\tat ");
        }
    }

    @Test
    void anS3ServerWithoutASecretNamesItsVariable() {
        var server = line("s3", Port.any("S3").number()).environment(Map.of(LocalS3.SECRET_VARIABLE, "")).start();

        assertThatThrownBy(() -> server.awaitEnd(Duration.ofSeconds(30)))
                .hasMessageContaining("KULTI_LOCAL_S3_SECRETKEY");
    }

    private Program line(String kind, int port) {
        var jar = Installation.find().lib().resolveSibling("kulti-local-services.jar");
        return Program.jar(kind, jar, List.of("-XX:TieredStopAtLevel=1", "-Xmx160m"), folder.resolve(kind + ".log"))
                .arguments(kind, "--port", Integer.toString(port), "--data", folder.resolve(kind).toString())
                .environment(Map.of(LocalS3.SECRET_VARIABLE, "secret"));
    }
}
