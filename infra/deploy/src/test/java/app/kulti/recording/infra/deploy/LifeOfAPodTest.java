package app.kulti.recording.infra.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.infra.deploy.Manifests.Manifest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From its start to its end a pod is asked, told and given what the service in it expects. */
class LifeOfAPodTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path CHECKOUT = Path.of("..", "..");

    static Stream<Manifest> deployments() throws IOException {
        return Manifests.ofKind("Deployment");
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void eachProbeAsksItsOwnGroup(Manifest deployment) throws IOException {
        var groups = YAML
                .readTree(CHECKOUT.resolve("infra/observability/src/main/resources/observability.yml").toFile())
                .at("/management/endpoint.health/group");
        assertThat(groups.has("startup.include")).isTrue();
        assertThat(groups.has("liveness.include")).isTrue();
        for (var group : new String[]{"startup", "liveness", "readiness"}) {
            var asked = container(deployment).path(group + "Probe").path("httpGet");
            assertThat(asked.path("path").asText()).isEqualTo("/actuator/health/" + group);
            assertThat(asked.path("port").asText()).isEqualTo("management");
        }
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void whatIsUnderWayMayEndBeforeItIsKilled(Manifest deployment) throws IOException {
        var service = YAML
                .readTree(CHECKOUT.resolve(deployment.name() + "/src/main/resources/application.yml").toFile());
        var limit = service.at("/spring/lifecycle.timeout-per-shutdown-phase").asText(
                service.at("/spring/lifecycle/timeout-per-shutdown-phase").asText());
        var common = YAML
                .readTree(CHECKOUT.resolve("infra/observability/src/main/resources/observability.yml").toFile());

        assertThat(common.at("/server/shutdown").asText()).isEqualTo("graceful");
        assertThat(service.toString()).contains("classpath:observability.yml");
        assertThat(Duration
                .ofSeconds(deployment.content().at("/spec/template/spec/terminationGracePeriodSeconds").asLong()))
                .isGreaterThan(Duration.parse("PT" + limit).plusSeconds(
                        container(deployment).at("/lifecycle/preStop/sleep/seconds").asLong()));
    }

    private static JsonNode container(Manifest deployment) {
        return deployment.content().at("/spec/template/spec/containers/0");
    }
}
