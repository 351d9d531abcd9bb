package app.kulti.recording.mirror.kafka;

import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.infra.messaging.DeadLetters;
import app.kulti.recording.infra.messaging.KafkaHealth;
import app.kulti.recording.infra.messaging.Publisher;
import app.kulti.recording.infra.messaging.TopicRights;
import app.kulti.recording.infra.messaging.Traces;
import app.kulti.recording.infra.observability.checking.Check;
import app.kulti.recording.mirror.mirroring.Mirror;
import app.kulti.recording.mirror.mirroring.Reports;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaProducerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.ProducerListener;
import org.springframework.util.StringUtils;

/** The two topics of this service. */
@Configuration(proxyBeanMethods = false)
public class TopicsConfiguration {
    /** Boot's own default, a broker on this host, would be a service that starts and never works. */
    TopicsConfiguration(Environment environment) {
        if (!StringUtils.hasText(environment.getProperty("spring.kafka.bootstrap-servers"))) {
            throw new IllegalStateException(
                    "spring.kafka.bootstrap-servers (SPRING_KAFKA_BOOTSTRAP_SERVERS) must be set");
        }
    }

    /** In place of Boot's, which logs every record that failed with its stack trace. */
    @Bean
    ProducerListener<Object, Object> silentProducerListener() {
        return new ProducerListener<>() {
        };
    }

    /** Whoever wanted to wait for an acknowledgement has done so by then; the rest may be said again. */
    @Bean
    DefaultKafkaProducerFactoryCustomizer briefFarewell() {
        return producers -> producers.setPhysicalCloseTimeout(1);
    }

    @Bean
    Reports reports(KafkaTemplate<String, byte[]> kafka, Clock clock, Traces traces) {
        return new KafkaReports(new Publisher<>(Topics.REPORTS, kafka, traces), clock);
    }

    @Bean
    EventReader eventReader(ConsumerFactory<String, byte[]> consumers, KafkaTemplate<String, byte[]> kafka,
            Mirror mirror, Traces traces) {
        return new EventReader(consumers, new DeadLetters(Topics.EVENTS, ServiceName.MIRROR, kafka), mirror, traces);
    }

    @Bean
    Check topicsCheck(KafkaAdmin admin) {
        var rights = new TopicRights(admin.getConfigurationProperties());
        return Check.all(List.of(
                Check.of("the Kafka login may read recording.events",
                        rights.obstacle(Topics.EVENTS, AclOperation.READ)),
                Check.of("the Kafka login may write mirror.reports",
                        rights.obstacle(Topics.REPORTS, AclOperation.WRITE))));
    }

    @Bean
    KafkaHealth kafkaHealthIndicator(KafkaAdmin admin) {
        return new KafkaHealth(admin.getConfigurationProperties());
    }
}
