package app.kulti.recording.infra.messaging;

import app.kulti.recording.events.wire.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.springframework.core.NestedExceptionUtils;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What a login may do with a topic, in the brokers' own words; nothing is written or read to find out. */
public final class TopicRights {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Map<String, Object> settings;

    /** Asks with an admin client of these {@code settings}, which is closed when it has its answer. */
    public TopicRights(Map<String, Object> settings) {
        this.settings = Map.copyOf(settings);
    }

    /**
     * What keeps the login from it, and the mend; nothing when nothing does. Has an answer within some ten seconds,
     * never an error. Brokers without an authorizer allow everything.
     */
    public Mono<String> obstacle(Topic<?> topic, AclOperation... operations) {
        var wanted = List.of(operations);
        // Making the client looks the brokers' names up there and then.
        return Mono.fromCallable(() -> lacking(topic.name(), wanted)).subscribeOn(Schedulers.boundedElastic())
                .filter(lacking -> !lacking.isEmpty())
                .map(lacking -> "the brokers do not let it %s: it lacks the right, which kafka/acls.sh gives".formatted(
                        lacking.stream().map(operation -> operation.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(" or "))))
                .onErrorResume(fault -> Mono.just(inWords(fault)));
    }

    private List<AclOperation> lacking(String topic, List<AclOperation> wanted) throws Exception {
        var named = new HashMap<>(settings);
        // Two clients of one name would be in each other's way, with a warning.
        named.put(AdminClientConfig.CLIENT_ID_CONFIG, "rights-" + topic);
        try (var admin = Admin.create(named)) {
            var options = new DescribeTopicsOptions().includeAuthorizedOperations(true)
                    .timeoutMs((int) LIMIT.toMillis());
            var allowed = admin.describeTopics(List.of(topic), options).allTopicNames()
                    .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS).values().stream()
                    .flatMap(form -> form.authorizedOperations().stream()).collect(Collectors.toSet());
            return wanted.stream().filter(operation -> !allowed.contains(operation)).toList();
        }
    }

    /** The kind of fault is enough to know which setting is wrong; its message may quote them. */
    private static String inWords(Throwable fault) {
        var cause = NestedExceptionUtils.getMostSpecificCause(fault);
        return switch (cause) {
            case UnknownTopicOrPartitionException _ ->
                "the brokers do not know it: make it, with kafka/topics.sh, or compare SPRING_KAFKA_BOOTSTRAP_SERVERS";
            case AuthorizationException _ ->
                "the brokers do not let it see the topic: it lacks the rights, which kafka/acls.sh gives";
            case AuthenticationException _ ->
                "the brokers do not take the login: compare SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG and its kin";
            default ->
                "the brokers do not answer (%s): compare SPRING_KAFKA_BOOTSTRAP_SERVERS, and see whether they can be "
                        .formatted(cause.getClass().getSimpleName()) + "reached from here";
        };
    }
}
