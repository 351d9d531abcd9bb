package app.kulti.recording.infra.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.tracing.Tracer;
import io.opentelemetry.api.OpenTelemetry;
import io.sentry.IScopes;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.context.ConfigurableApplicationContext;

class SightDefaultsTest {
    private static final String ENDPOINT = "--management.opentelemetry.tracing.export.otlp.endpoint=http://localhost:1/v1/traces";

    @Test
    void withoutAnEndpointNothingOfTracingIsMadeAndWithoutADsnNothingOfSentry() {
        try (var service = service()) {
            assertThat(service.getBeanNamesForType(Tracer.class)).isEmpty();
            assertThat(service.getBeanNamesForType(OpenTelemetry.class)).isEmpty();
            assertThat(service.getBeanNamesForType(SpanExporter.class)).isEmpty();
            assertThat(service.getBeanNamesForType(IScopes.class)).isEmpty();
            assertThat(service.getEnvironment().getProperty("management.tracing.export.enabled")).isEqualTo("false");
            assertThat(service.getEnvironment().getProperty("spring.reactor.context-propagation")).isEqualTo("limited");
        }
    }

    @Test
    void withAnEndpointItIsOnAndWhatLeavesIsRedacted() {
        try (var service = service(ENDPOINT)) {
            assertThat(service.getBean(Tracer.class)).isNotNull();
            assertThat(service.getBean(SpanExporters.class).list()).hasSize(1)
                    .hasOnlyElementsOfType(RedactingExporter.class);
            assertThat(service.getEnvironment().getProperty("spring.reactor.context-propagation")).isEqualTo("auto");
        }
    }

    @Test
    void itCanBeSwitchedOffAllTheSame() {
        try (var service = service(ENDPOINT, "--management.tracing.export.enabled=false")) {
            assertThat(service.getBeanNamesForType(Tracer.class)).isEmpty();
        }
        try (var service = service(ENDPOINT, "--management.opentelemetry.enabled=false")) {
            assertThat(service.getBeanNamesForType(Tracer.class)).isEmpty();
        }
    }

    private static ConfigurableApplicationContext service(String... arguments) {
        return new SpringApplicationBuilder(Service.class).web(WebApplicationType.NONE).bannerMode(Banner.Mode.OFF)
                .properties("logging.level.root=warn", "spring.config.import=classpath:observability.yml")
                .run(arguments);
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Service {}
}
