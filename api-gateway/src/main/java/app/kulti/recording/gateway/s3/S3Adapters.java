package app.kulti.recording.gateway.s3;

import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Links to films. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StorageSettings.class)
public class S3Adapters {

    @Bean
    S3Presigner presigner(StorageSettings settings) {
        return settings.presigner();
    }

    @Bean
    S3ObjectLinks objectLinks(S3Presigner presigner, StorageSettings settings) {
        var links = new S3ObjectLinks(presigner, settings.bucket());
        // The first link takes a tenth of a second and reads files: better now than on an event loop.
        links.to("first", Duration.ofMinutes(1), null);
        return links;
    }
}
