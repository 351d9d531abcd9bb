package app.kulti.recording.mirror.source;

import app.kulti.recording.mirror.mirroring.Source;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way to 100ms's storage. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SourceSettings.class)
public class SourceConfiguration {
    /** As many as there can be parts on their way: the copies bound themselves. */
    private static final int CONNECTIONS = 64 * 64;

    @Bean(destroyMethod = "close")
    Source source(SourceSettings settings) {
        return new HttpSource(AllowedHosts.of(settings.allowedHosts()), CONNECTIONS,
                new Bandwidth(settings.bandwidth(), settings.hostBandwidth()));
    }
}
