package app.kulti.recording.infra.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the base's manifests want to be told, production tells them, and nothing that nobody wants to know. */
class KubernetesSettingsTest {
    private static final Path CHECKOUT = Path.of("..", "..");
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

    /** One that is misspelt would be passed over without a word. */
    @Test
    void everyVariableIsOneThatItsServiceNames() throws IOException {
        var compose = new YAMLMapper().readTree(CHECKOUT.resolve("docker-compose.yml").toFile()).path("services");
        for (var service : List.of("api-gateway", "webhook-ingest", "recording-processor", "storage-mirror")) {
            var named = sources(CHECKOUT.resolve(service).resolve("src").resolve("main"));
            var told = Stream.concat(environment(service).stream(),
                    compose.path(service).path("environment").propertyStream().map(Map.Entry::getKey))
                    .filter(variable -> variable.startsWith("KULTI_")).collect(Collectors.toSet());
            assertThat(told).as(service).isNotEmpty().allSatisfy(
                    variable -> assertThat(named).containsPattern("\\b" + variable + "\\b"));
        }
    }

    private static String sources(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            var all = new StringBuilder();
            for (var file : files.filter(path -> path.toString().matches(".*\\.(java|yml)")).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        }
    }

    @Test
    void noSecretStandsInAManifest() throws IOException {
        var secrets = Manifests.all().stream().flatMap(manifest -> manifest.content().findValues("env").stream())
                .flatMap(JsonNode::valueStream)
                .filter(setting -> setting.path("name").asText().matches(".*(PASSWORD|SECRETS?|KEYS?)")).toList();

        assertThat(secrets).hasSizeGreaterThan(10)
                .allSatisfy(secret -> assertThat(secret.at("/valueFrom/secretKeyRef").isObject()).as("%s", secret)
                        .isTrue());
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
