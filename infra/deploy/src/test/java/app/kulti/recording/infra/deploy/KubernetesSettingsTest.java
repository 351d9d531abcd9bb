package app.kulti.recording.infra.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the base's manifests want to be told, production tells them, and nothing that nobody wants to know. */
class KubernetesSettingsTest {
    private static final Path PRODUCTION = Manifests.KUBERNETES.resolve("production");

    @Test
    void everySettingIsSaidAndEverySayingIsHeard() throws IOException {
        var asked = references("configMapKeyRef").map(ref -> ref.path("key").asText())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(literals()).containsExactlyInAnyOrderElementsOf(asked).isNotEmpty();
    }

    @Test
    void everySecretIsOneThatTheOverlayListsOrStrimziMakes() throws IOException {
        var listed = Files.readString(PRODUCTION.resolve("kustomization.yaml")).lines()
                .takeWhile(line -> line.startsWith("#")).collect(Collectors.joining(" "));
        var users = Manifests.ofKind("KafkaUser").map(Manifests.Manifest::name).collect(Collectors.toSet());

        assertThat(
                references("secretKeyRef").map(ref -> ref.path("name").asText()).filter(name -> !users.contains(name)))
                .isNotEmpty().allSatisfy(name -> assertThat(listed).containsPattern("\\b" + name + "(?![\\w-])"));
    }

    @Test
    void aGatewayIsToldItsCookieAndItsLimit() throws IOException {
        assertThat(environment("api-gateway")).contains("KULTI_AUTH_COOKIE", "KULTI_LIMITS_COMMANDS");
        assertThat(environment("recording-processor")).contains("KULTI_FIGURES_STORAGELIMIT");
    }

    @Test
    void kustomizeBuildsIt() throws Exception {
        var built = InstalledTool.find("kubectl", "Debian: kubernetes-client").run(Manifests.KUBERNETES, "kustomize",
                "production");
        try (var documents = new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(built)) {
            var kinds = documents.readAll().stream().map(document -> document.path("kind").asText()).toList();
            assertThat(kinds).contains("ConfigMap", "Deployment", "Job", "Ingress", "Kafka", "KafkaTopic", "KafkaUser",
                    "NetworkPolicy", "PodDisruptionBudget", "HorizontalPodAutoscaler", "ScaledObject");
        }
    }

    private static Stream<JsonNode> references(String kind) throws IOException {
        return Manifests.all().stream().flatMap(manifest -> manifest.content().findValues(kind).stream());
    }

    private static Set<String> literals() throws IOException {
        return new YAMLMapper().readTree(PRODUCTION.resolve("kustomization.yaml").toFile())
                .at("/configMapGenerator/0/literals").valueStream()
                .map(literal -> literal.asText().split("=", 2)[0]).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> environment(String deployment) throws IOException {
        return Manifests.ofKind("Deployment").filter(manifest -> manifest.name().equals(deployment)).findFirst()
                .orElseThrow().content().at("/spec/template/spec/containers/0/env").findValuesAsText("name");
    }
}
