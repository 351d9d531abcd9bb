package app.kulti.recording.gateway.s3;

import app.kulti.recording.gateway.playback.ObjectLinks;
import app.kulti.recording.infra.observability.checking.Check;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
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

    @Bean
    Check linksCheck(ObjectLinks links) {
        return Check.of("the storage takes links that the S3 keys have signed",
                new SignatureTrial(links, UUID::randomUUID).obstacle());
    }
}
