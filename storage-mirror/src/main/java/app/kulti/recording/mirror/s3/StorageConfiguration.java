package app.kulti.recording.mirror.s3;

import app.kulti.recording.infra.observability.checking.Check;
import app.kulti.recording.mirror.mirroring.Bucket;
import app.kulti.recording.mirror.mirroring.Plans;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The bucket. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StorageSettings.class)
public class StorageConfiguration {
    @Bean
    Storage storage(StorageSettings settings) {
        return new Storage(settings);
    }

    @Bean
    Bucket bucket(Storage storage) {
        return storage.copies();
    }

    @Bean
    Plans plans(Storage storage) {
        return storage.plans();
    }

    @Bean
    Check bucketCheck(Storage storage) {
        return () -> Mono.fromCallable(storage.trial()::run).subscribeOn(Schedulers.boundedElastic());
    }

    @Bean
    HealthIndicator bucketHealthIndicator(Storage storage) {
        return storage.health();
    }
}
