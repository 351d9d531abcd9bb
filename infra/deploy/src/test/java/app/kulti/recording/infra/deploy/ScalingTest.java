package app.kulti.recording.infra.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import app.kulti.recording.events.wire.Topic;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.infra.deploy.Manifests.Manifest;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How many pods there are: by whom that is decided, within which bounds, and what each of them is given. */
class ScalingTest {
    private static final Map<String, String> READERS = Map.of("recording-processor", "processor", "storage-mirror",
            "mirror");
    private static final Pattern PATCHED = Pattern.compile("/spec/maxReplicaCount, value: (\\d+)");

    static Stream<Manifest> deployments() throws IOException {
        return Manifests.ofKind("Deployment");
    }

    static Stream<Manifest> scaledObjects() throws IOException {
        return Manifests.ofKind("ScaledObject");
    }

    @Test
    void workersAreScaledByTheirLagAndHttpByItsLoad() throws IOException {
        assertThat(targets("ScaledObject")).containsExactlyInAnyOrderElementsOf(READERS.keySet());
        assertThat(targets("HorizontalPodAutoscaler")).containsExactlyInAnyOrder("api-gateway", "webhook-ingest");
        assertThat(deployments().map(deployment -> deployment.content().at("/spec/replicas").isMissingNode()))
                .as("a number of its own would be set with each version").containsOnly(true);
    }

    private static Stream<String> targets(String kind) throws IOException {
        return Manifests.ofKind(kind).map(manifest -> manifest.content().at("/spec/scaleTargetRef/name").asText());
    }

    @ParameterizedTest
    @MethodSource("scaledObjects")
    void theLagIsThatOfEveryTopicThatAWorkerReads(Manifest scaled) throws IOException {
        var reader = READERS.get(scaled.name());
        var groups = scaled.content().at("/spec/triggers").valueStream().map(trigger -> trigger.path("metadata"))
                .map(lag -> lag.path("consumerGroup").asText() + " of " + lag.path("topic").asText());

        assertThat(groups).containsExactlyInAnyOrderElementsOf(topicsOf(reader)
                .map(topic -> "kulti.%s.%s of %s".formatted(reader, topic.name(), topic.name())).toList());
        assertThat(scaled.content().at("/spec/triggers").valueStream()
                .map(trigger -> trigger.at("/authenticationRef/name").asText())).containsOnly(
                        Manifests.ofKind("TriggerAuthentication").findFirst().orElseThrow().name());
    }

    /** Whoever reads a topic has a place to put aside what he cannot read of it. */
    private static Stream<Topic<?>> topicsOf(String reader) {
        return Topics.ALL.stream().filter(topic -> Topics.DEAD_LETTERS.stream()
                .anyMatch(letters -> letters.name().equals(topic.name() + "." + reader + ".dlt")));
    }

    @ParameterizedTest
    @MethodSource("scaledObjects")
    void noMoreWorkersThanPartitions(Manifest scaled) throws IOException {
        var most = topicsOf(READERS.get(scaled.name())).mapToInt(Topic::partitions).max().orElseThrow();
        assertThat(scaled.content().at("/spec/maxReplicaCount").asInt()).isBetween(2, most);
        var patches = Files.readString(Manifests.KUBERNETES.resolve("production").resolve("kustomization.yaml"))
                .split("- target: ", -1);
        assertThat(Stream.of(patches).filter(patch -> patch.contains("name: " + scaled.name() + "}"))
                .flatMap(patch -> PATCHED.matcher(patch).results()).map(value -> Integer.parseInt(value.group(1))))
                .allSatisfy(patched -> assertThat(patched).isBetween(2, most));
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void oneOfThemMayGoAndEachHasItsShare(Manifest deployment) throws IOException {
        var budget = Manifests.ofKind("PodDisruptionBudget").filter(one -> one.name().equals(deployment.name()))
                .findFirst().orElseThrow().content();
        assertThat(budget.at("/spec/selector")).isEqualTo(deployment.content().at("/spec/selector"));
        assertThat(budget.at("/spec/maxUnavailable").asInt()).isEqualTo(1);
        var resources = deployment.content().at("/spec/template/spec/containers/0/resources");
        assertThat(resources.at("/requests").properties()).map(Map.Entry::getKey).contains("cpu", "memory");
        assertThat(resources.at("/limits/memory").asText()).isEqualTo(resources.at("/requests/memory").asText());
    }

    @Test
    void eachGetsOutToWhomItNeedsAndToNobodyElse() throws IOException {
        var ways = Manifests.ofKind("NetworkPolicy").collect(Collectors.toMap(Manifest::name,
                policy -> names(policy.content())));

        assertThat(ways).isEqualTo(Map.of("nothing-by-default", Set.of(),
                "from-outside", Set.of("api-gateway", "webhook-ingest"),
                "to-kafka", Set.of("api-gateway", "webhook-ingest", "recording-processor", "storage-mirror"),
                "to-postgres", Set.of("api-gateway", "recording-processor", "migrations"),
                "to-the-web", Set.of("api-gateway", "recording-processor", "storage-mirror"),
                "to-collector", Set.of("api-gateway", "webhook-ingest", "recording-processor", "storage-mirror")));
        var pods = Stream.of("Deployment", "Job").flatMap(ScalingTest::pods).collect(Collectors.toSet());
        assertThat(ways.values().stream().flatMap(Set::stream)).isSubsetOf(pods);
        assertThat(Files.readString(Manifests.KUBERNETES.resolve("base").resolve("kustomization.yaml")))
                .as("what is forbidden by default is said of all pods").contains("includeTemplates: true",
                        "app.kubernetes.io/part-of: kulti-recording");
    }

    private static Set<String> names(JsonNode policy) {
        return policy.at("/spec/podSelector/matchExpressions/0/values").valueStream().map(JsonNode::asText)
                .collect(Collectors.toSet());
    }

    private static Stream<String> pods(String kind) {
        try {
            return Manifests.ofKind(kind).map(
                    owner -> owner.content().at("/spec/template/metadata/labels").path("app.kubernetes.io/name")
                            .asText());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
