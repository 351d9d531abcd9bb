package app.kulti.recording.gateway.kafka;

import app.kulti.recording.events.RecordingEvent;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.gateway.command.SendCommand;
import app.kulti.recording.gateway.live.HearsOutcomes;
import app.kulti.recording.gateway.live.LiveEvents;
import app.kulti.recording.gateway.live.Outcomes;
import app.kulti.recording.infra.messaging.KafkaHealth;
import app.kulti.recording.infra.messaging.Publisher;
import app.kulti.recording.infra.messaging.TopicRights;
import app.kulti.recording.infra.messaging.Traces;
import app.kulti.recording.infra.observability.checking.Check;
import java.time.Instant;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.acl.AclOperation;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaOperations;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Commands out, events in. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KafkaSettings.class)
public class KafkaConfiguration {
    private static final int SENDERS = 4;
    private static final int WAITING_SENDS = 1_000;

    private static final Properties TAIL = new Properties();

    static {
        TAIL.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        TAIL.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        TAIL.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, "30000");
        TAIL.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    }

    /** Few threads: a send holds one up only while the brokers are away, and then they are all held up by the same thing. */
    @Bean(destroyMethod = "dispose")
    Scheduler commandSenders() {
        return Schedulers.newBoundedElastic(SENDERS, WAITING_SENDS, "send-command");
    }

    @Bean
    SendCommand sendCommand(KafkaOperations<String, byte[]> kafka, Scheduler commandSenders, KafkaSettings validated,
            Traces traces) {
        return new CommandTopic(new Publisher<>(Topics.COMMANDS, kafka, traces), commandSenders);
    }

    @Bean
    EventTail eventTail(ConsumerFactory<String, byte[]> consumers, Outcomes outcomes, LiveEvents live) {
        return new EventTail(Topics.EVENTS, () -> consumers.createConsumer(null, null, "-tail", TAIL),
                new EventTail.Listener() {
                    @Override
                    public void heard(RecordingEvent event, Instant publishedAt) {
                        if (event instanceof RecordingEvent.CommandAnswered answered) {
                            outcomes.announce(answered);
                        }
                        live.heard(event, publishedAt);
                    }

                    @Override
                    public void missed() {
                        live.missed();
                    }
                });
    }

    @Bean
    HearsOutcomes hearsOutcomes(EventTail tail) {
        return tail::isPositioned;
    }

    @Bean
    KafkaHealth kafkaHealthIndicator(KafkaAdmin admin) {
        return new KafkaHealth(admin.getConfigurationProperties());
    }

    /** A copy that would not hear an outcome must not be asked for one. */
    @Bean
    HealthIndicator tailHealthIndicator(EventTail tail) {
        return () -> (tail.isPositioned() ? Health.up() : Health.down()).build();
    }

    @Bean
    Check commandsCheck(KafkaAdmin admin) {
        return Check.of("the Kafka login may write recording.commands",
                new TopicRights(admin.getConfigurationProperties()).obstacle(Topics.COMMANDS, AclOperation.WRITE));
    }

    @Bean
    Check eventsCheck(KafkaAdmin admin) {
        return Check.of("the Kafka login may read recording.events",
                new TopicRights(admin.getConfigurationProperties()).obstacle(Topics.EVENTS, AclOperation.READ));
    }
}
