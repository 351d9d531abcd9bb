package app.kulti.recording.gateway.s3;

import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Links to films. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StorageSettings.class)
public class StorageConfiguration {

    @Bean
    S3ObjectLinks objectLinks(StorageSettings settings, Clock clock) {
        var links = new S3ObjectLinks(settings, clock);
        // The first link takes a tenth of a second and reads files: better now than on an event loop.
        links.to("first", Duration.ofMinutes(1), null);
        return links;
    }
}
