package app.kulti.recording.processor.hms;

import app.kulti.recording.processor.advance.Hms;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Builds the client of 100ms's API from {@code kulti.hms.*}. It wants an {@link InstantSource} and a {@code Supplier<UUID>},
 * for its tokens, from whoever imports it.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HmsSettings.class)
public class HmsConfiguration {
    /** The client; it closes its connections with the context. */
    @Bean
    Hms hms(HmsSettings settings, WebClient.Builder web, InstantSource clock, Supplier<UUID> ids,
            MeterRegistry meters) {
        return HttpHms.of(settings, web, clock, ids, new Random(), Patience.usual(), meters);
    }
}
