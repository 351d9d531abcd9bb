package app.kulti.recording.infra.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.kulti.recording.infra.deploy.Manifests.Manifest;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A cluster would take every manifest: no field is misspelt, in the wrong place or of the wrong type. */
class KubernetesSchemaTest {
    private static final Map<String, Class<?>> TYPES = Map.ofEntries(
            Map.entry("apps/v1 Deployment", Deployment.class),
            Map.entry("v1 Service", Service.class),
            Map.entry("batch/v1 Job", Job.class),
            Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("autoscaling/v2 HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
            Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
            Map.entry("networking.k8s.io/v1 Ingress", Ingress.class),
            Map.entry("kafka.strimzi.io/v1 KafkaTopic", KafkaTopic.class),
            Map.entry("kafka.strimzi.io/v1 KafkaUser", KafkaUser.class),
            Map.entry("kafka.strimzi.io/v1 Kafka", Kafka.class),
            Map.entry("kafka.strimzi.io/v1 KafkaNodePool", KafkaNodePool.class),
            Map.entry("keda.sh/v1alpha1 ScaledObject", Keda.ScaledObject.class),
            Map.entry("keda.sh/v1alpha1 TriggerAuthentication", Keda.TriggerAuthentication.class));

    /** The models keep what they do not know for later; here that is the fault that is looked for. Text is text. */
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(LogicalType.Textual,
                    text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            }).build();

    static List<Manifest> manifests() throws IOException {
        return Manifests.all();
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void aClusterTakesIt(Manifest manifest) {
        var kind = manifest.content().path("apiVersion").asText() + " " + manifest.kind();
        var type = TYPES.get(kind);
        assertThat(type).as("the type of %s", kind).isNotNull();
        assertThatCode(() -> STRICT.treeToValue(manifest.content(), type)).doesNotThrowAnyException();
    }

    @Test
    void aMisspeltFieldIsFound() throws IOException {
        var deployment = Manifests.ofKind("Deployment").findFirst().orElseThrow().content().<JsonNode>deepCopy();
        ((ObjectNode) deployment.at("/spec/template/spec/containers/0")).put("imagePulPolicy", "Always");

        assertThatThrownBy(() -> STRICT.treeToValue(deployment, Deployment.class))
                .hasMessageContaining("imagePulPolicy");
    }

    @Test
    void whatScalesIsLookedAtAsClosely() throws IOException {
        var misspelt = scaled();
        ((ObjectNode) misspelt.at("/spec/triggers/0/metadata")).put("lagTreshold", "4");
        var number = scaled();
        ((ObjectNode) number.at("/spec/triggers/0/metadata")).put("lagThreshold", 4);
        var nobody = scaled();
        ((ObjectNode) nobody.at("/spec/scaleTargetRef")).remove("name");

        assertThatThrownBy(() -> STRICT.treeToValue(misspelt, Keda.ScaledObject.class))
                .hasMessageContaining("lagTreshold");
        assertThatThrownBy(() -> STRICT.treeToValue(number, Keda.ScaledObject.class))
                .hasMessageContaining("lagThreshold");
        assertThatThrownBy(() -> STRICT.treeToValue(nobody, Keda.ScaledObject.class)).hasMessageContaining("name");
    }

    private static JsonNode scaled() throws IOException {
        return Manifests.ofKind("ScaledObject").findFirst().orElseThrow().content().deepCopy();
    }
}
