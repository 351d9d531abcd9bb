package app.kulti.recording.processor.kafka;

import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.events.wire.Topic;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.infra.messaging.BatchHandler;
import app.kulti.recording.infra.messaging.KafkaHealth;
import app.kulti.recording.infra.messaging.PatientStart;
import app.kulti.recording.infra.messaging.Publisher;
import app.kulti.recording.infra.messaging.TopicReader;
import app.kulti.recording.infra.messaging.TopicRights;
import app.kulti.recording.infra.messaging.Traces;
import app.kulti.recording.infra.messaging.TransientFaults;
import app.kulti.recording.infra.observability.checking.Check;
import app.kulti.recording.processor.advance.Advance.Announcements;
import app.kulti.recording.processor.advance.ApplyCommands;
import app.kulti.recording.processor.advance.ApplyFindings;
import app.kulti.recording.processor.advance.ApplyReports;
import app.kulti.recording.processor.advance.ApplyWebhooks;
import app.kulti.recording.processor.advance.Findings;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.acl.AclOperation;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** Four topics in, two out. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BrokerSettings.class)
public class KafkaConfiguration {
    private static final int USUAL_CONCURRENCY = 3;

    @Bean
    Findings findings(KafkaTemplate<String, byte[]> kafka, Traces traces) {
        return new KafkaFindings(new Publisher<>(Topics.FINDINGS, kafka, traces));
    }

    @Bean
    Announcements announcements(KafkaTemplate<String, byte[]> kafka, Traces traces) {
        return new Publisher<>(Topics.EVENTS, kafka, traces)::publishAll;
    }

    @Bean
    Readers readers(KafkaTemplate<String, byte[]> kafka, ConsumerFactory<String, byte[]> consumers,
            KafkaProperties properties, Predicate<Throwable> passingFaults, Traces traces) {
        var concurrency = properties.getListener().getConcurrency();
        return new Readers(kafka, consumers, concurrency == null ? USUAL_CONCURRENCY : concurrency, passingFaults,
                traces);
    }

    @Bean
    ConcurrentMessageListenerContainer<String, byte[]> commandReader(Readers readers, ApplyCommands apply) {
        return readers.of(Topics.COMMANDS, apply);
    }

    @Bean
    ConcurrentMessageListenerContainer<String, byte[]> webhookReader(Readers readers, ApplyWebhooks apply) {
        return readers.of(Topics.WEBHOOKS, apply);
    }

    @Bean
    ConcurrentMessageListenerContainer<String, byte[]> findingReader(Readers readers, ApplyFindings apply) {
        return readers.of(Topics.FINDINGS, apply);
    }

    @Bean
    ConcurrentMessageListenerContainer<String, byte[]> reportReader(Readers readers, ApplyReports apply) {
        return readers.of(Topics.REPORTS, apply);
    }

    @Bean
    PatientStart startOfTheReaders(List<ConcurrentMessageListenerContainer<String, byte[]>> readers) {
        return new PatientStart(readers);
    }

    @Bean
    Check topicsCheck(KafkaAdmin admin) {
        var rights = new TopicRights(admin.getConfigurationProperties());
        return Check.all(List.of(
                Check.of("the Kafka login may read recording.commands",
                        rights.obstacle(Topics.COMMANDS, AclOperation.READ)),
                Check.of("the Kafka login may read hms.webhooks",
                        rights.obstacle(Topics.WEBHOOKS, AclOperation.READ)),
                Check.of("the Kafka login may read and write recording.findings",
                        rights.obstacle(Topics.FINDINGS, AclOperation.READ, AclOperation.WRITE)),
                Check.of("the Kafka login may read mirror.reports",
                        rights.obstacle(Topics.REPORTS, AclOperation.READ)),
                Check.of("the Kafka login may write recording.events",
                        rights.obstacle(Topics.EVENTS, AclOperation.WRITE))));
    }

    @Bean
    KafkaHealth kafkaHealthIndicator(KafkaAdmin admin) {
        return new KafkaHealth(admin.getConfigurationProperties());
    }

    /** What the four have in common. */
    record Readers(KafkaTemplate<String, byte[]> kafka, ConsumerFactory<String, byte[]> consumers, int concurrency,
            Predicate<Throwable> passingFaults, Traces traces) {
        <M> ConcurrentMessageListenerContainer<String, byte[]> of(Topic<M> topic, BatchHandler<M> handler) {
            return new TopicReader<>(topic, ServiceName.PROCESSOR, handler, kafka,
                    TransientFaults.ofMessaging().or(passingFaults), traces).container(consumers, concurrency);
        }
    }
}
