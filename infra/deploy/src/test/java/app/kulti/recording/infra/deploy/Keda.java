package app.kulti.recording.infra.deploy;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import java.util.List;

/**
 * {@code keda.sh/v1alpha1} as far as it is of use here. KEDA publishes no types for Java.
 *
 * @see <a href="https://keda.sh/docs/latest/reference/scaledobject-spec/">KEDA: ScaledObject</a>
 * @see <a href="https://keda.sh/docs/latest/scalers/apache-kafka/">KEDA: Apache Kafka</a>
 */
final class Keda {
    private Keda() {}

    record ScaledObject(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {
        ScaledObject {
            requireNonNull(spec, "spec");
        }
    }

    record Spec(Target scaleTargetRef, Integer pollingInterval, Integer initialCooldownPeriod, Integer cooldownPeriod,
            Integer idleReplicaCount, Integer minReplicaCount, Integer maxReplicaCount, Advanced advanced,
            List<Trigger> triggers, Fallback fallback) {
        Spec {
            requireNonNull(scaleTargetRef, "scaleTargetRef");
            requireNonNull(triggers, "triggers");
        }
    }

    record Target(String name, String apiVersion, String kind, String envSourceContainerName) {
        Target {
            requireNonNull(name, "name");
        }
    }

    record Fallback(int failureThreshold, int replicas, String behavior) {}

    record Advanced(AutoscalerConfig horizontalPodAutoscalerConfig, Boolean restoreToOriginalReplicaCount) {}

    record AutoscalerConfig(String name, HorizontalPodAutoscalerBehavior behavior) {}

    record Trigger(String type, String name, KafkaLag metadata, Authentication authenticationRef, String metricType,
            Boolean useCachedMetrics) {
        Trigger {
            if (!"kafka".equals(type)) {
                throw new IllegalArgumentException("what a trigger of type " + type + " takes is not known here");
            }
            requireNonNull(metadata, "metadata");
        }
    }

    /** All of it is text, numbers too. */
    record KafkaLag(String bootstrapServers, String consumerGroup, String topic, String lagThreshold,
            String activationLagThreshold, String offsetResetPolicy, String allowIdleConsumers,
            String scaleToZeroOnInvalidOffset, String excludePersistentLag, String limitToPartitionsWithLag,
            String partitionLimitation, String version, String sasl, String tls) {
        KafkaLag {
            requireNonNull(bootstrapServers, "bootstrapServers");
            requireNonNull(consumerGroup, "consumerGroup");
        }
    }

    record Authentication(String name, String kind) {
        Authentication {
            requireNonNull(name, "name");
        }
    }

    record TriggerAuthentication(String apiVersion, String kind, ObjectMeta metadata, Parameters spec) {
        TriggerAuthentication {
            requireNonNull(spec, "spec");
        }
    }

    record Parameters(List<FromSecret> secretTargetRef) {}

    record FromSecret(String parameter, String name, String key) {
        FromSecret {
            requireNonNull(parameter, "parameter");
            requireNonNull(name, "name");
            requireNonNull(key, "key");
        }
    }
}
