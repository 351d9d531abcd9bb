package app.kulti.recording.infra.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docker compose up} finds nothing to object to. No engine is needed for it. */
class ComposeTest {
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final List<String> SERVICES = List.of("api-gateway", "webhook-ingest", "recording-processor",
            "storage-mirror");

    @Test
    void composeTakesItAndEachServiceStartsWhenItsNeighboursAreReady(@TempDir Path folder) throws Exception {
        var compose = InstalledTool.find("docker-compose", "Debian: docker-compose");
        // Version 1 of the tool, which Debian has, does not know a project's name.
        var file = Files.writeString(folder.resolve("docker-compose.yml"), Files
                .readString(ROOT.resolve("docker-compose.yml")).lines().filter(line -> !line.startsWith("name:"))
                .collect(Collectors.joining("\n")));

        var resolved = new YAMLMapper().readTree(compose.run(ROOT, "-f", file.toString(), "--project-directory",
                ROOT.toString(), "config"));

        for (var name : SERVICES) {
            var service = resolved.path("services").path(name);
            assertThat(service.path("healthcheck").path("test")).as("%s says when it is ready", name).isNotEmpty();
            assertThat(service.at("/depends_on/topics/condition").asText()).as(name).isEqualTo(
                    "service_completed_successfully");
        }
        assertThat(resolved.path("services").findValuesAsText("container_name")).as("names would forbid --scale")
                .isEmpty();
    }

    @Test
    void workersCanBeScaled() throws Exception {
        var services = new YAMLMapper().readTree(ROOT.resolve("docker-compose.yml").toFile()).path("services");
        for (var worker : List.of("storage-mirror", "recording-processor")) {
            assertThat(services.path(worker).path("ports")).as("a port of the host would be taken by the first of %s",
                    worker).isEmpty();
        }
    }

    @Test
    void whatIsMountedIsThere() throws Exception {
        var services = new YAMLMapper().readTree(ROOT.resolve("docker-compose.yml").toFile()).path("services");
        for (JsonNode volume : services.findValues("volumes").stream().flatMap(list -> list.valueStream()).toList()) {
            var source = volume.asText().split(":", 2)[0];
            if (source.startsWith("./")) {
                assertThat(ROOT.resolve(source)).exists();
            }
        }
    }
}
