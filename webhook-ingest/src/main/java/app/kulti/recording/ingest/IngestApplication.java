package app.kulti.recording.ingest;

import app.kulti.recording.infra.messaging.Traces;
import app.kulti.recording.ingest.authenticity.Authenticity;
import app.kulti.recording.ingest.authenticity.AuthenticitySettings;
import app.kulti.recording.ingest.intake.DurableWebhooks;
import app.kulti.recording.ingest.intake.IdleConnection;
import app.kulti.recording.ingest.intake.ObservedEndpoint;
import app.kulti.recording.ingest.intake.ProblemAnswers;
import app.kulti.recording.ingest.intake.SenderDeadline;
import app.kulti.recording.ingest.intake.WebhookEndpoint;
import app.kulti.recording.ingest.kafka.WebhookTopicConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.NettyPipeline;
import tools.jackson.databind.json.JsonMapper;

/** The map of webhook-ingest: 100ms's request → authenticity → intake → Kafka → 200. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties({AuthenticitySettings.class, EventLoopSettings.class})
@Import(WebhookTopicConfiguration.class)
public class IngestApplication {
    /** From a request's first byte to its last; 100ms sends two kilobytes. */
    private static final Duration SLOWEST_SENDER = Duration.ofSeconds(5);
    /** From one request to the next. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(60);

    /** Starts the service. */
    public static void main(String[] args) {
        SpringApplication.run(IngestApplication.class, args);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Authenticity authenticity(AuthenticitySettings settings) {
        return new Authenticity(settings);
    }

    /** As many as cores, two at the least: of Reactor Netty's own four, those that are too many take turns. */
    @Bean
    ReactorResourceFactory eventLoops(EventLoopSettings settings) {
        var resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        // Requests have been waited for by then.
        resources.setShutdownQuietPeriod(Duration.ZERO);
        resources.setLoopResourcesSupplier(
                () -> EventLoops.create(Math.max(2, Runtime.getRuntime().availableProcessors()), settings.ioUring()));
        return resources;
    }

    /** For this server alone: a {@code NettyRouteProvider} bean would be a route of the management port's too. */
    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> webhooksBypassWebFlux(Authenticity authenticity,
            DurableWebhooks durable, Clock clock, MeterRegistry meters, ProblemAnswers problems, Traces traces,
            ObservationRegistry observations) {
        var endpoint = new WebhookEndpoint(authenticity, durable, clock, meters, problems);
        var webhooks = traces.areOn() ? new ObservedEndpoint(endpoint, observations) : endpoint;
        return factory -> factory.addRouteProviders(routes -> routes.route(WebhookEndpoint::isFor, webhooks));
    }

    @Bean
    ProblemAnswers problemAnswers(JsonMapper json, MeterRegistry meters, Clock clock) {
        return new ProblemAnswers(json, meters, clock);
    }

    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> slowSendersAreCut() {
        return factory -> factory.addServerCustomizers(server -> server.doOnChannelInit((_, channel, _) -> channel
                .pipeline().addFirst(new IdleConnection(LONGEST_REST))
                .addAfter(NettyPipeline.HttpCodec, null, new SenderDeadline(SLOWEST_SENDER))));
    }
}
