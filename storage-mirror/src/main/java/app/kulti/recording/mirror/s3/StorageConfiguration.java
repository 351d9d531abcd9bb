package app.kulti.recording.mirror.s3;

import app.kulti.recording.mirror.checking.StorageTrial;
import app.kulti.recording.mirror.mirroring.Bucket;
import app.kulti.recording.mirror.mirroring.Plans;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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
    StorageTrial storageTrial(Storage storage) {
        return storage.trial();
    }

    @Bean
    HealthIndicator bucketHealthIndicator(Storage storage) {
        return storage.health();
    }
}
