package app.kulti.recording.infra.observability;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * What {@code observability.yml} cannot say, since it depends on other settings. Tracing is on where there is somewhere to send
 * it to: {@code OTEL_EXPORTER_OTLP_ENDPOINT}, which Boot reads, or
 * {@code management.opentelemetry.tracing.export.otlp.endpoint}. Everywhere else none of it is even made, since Boot's own
 * switches leave a tracer behind that every observation passes through. These are defaults: what is set elsewhere counts.
 */
public final class SightDefaults implements EnvironmentPostProcessor {
    private static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";
    private static final String ON = "management.tracing.export.enabled";
    private static final String EXCLUDED = "spring.autoconfigure.exclude";
    private static final String IN_REACTIVE_CHAINS = "spring.reactor.context-propagation";

    private static final List<String> NEVER = List.of(
            // Logs go to the console, wherever traces go.
            "org.springframework.boot.opentelemetry.autoconfigure.logging.OpenTelemetryLoggingAutoConfiguration",
            "org.springframework.boot.opentelemetry.autoconfigure.logging.otlp.OtlpLoggingAutoConfiguration",
            // It reports every request that is refused; those that fail are logged as errors, which is reported.
            "io.sentry.spring.boot4.SentryWebfluxAutoConfiguration");
    private static final List<String> TRACING = List.of(
            "org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.autoconfigure.prometheus.PrometheusExemplarsAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addLast(new Defaults(environment));
    }

    /** Worked out when they are asked for: what they depend on may be set after these were added. */
    private static final class Defaults extends EnumerablePropertySource<Class<?>> {
        // Not the source: Boot would look for more of them in it, and find this one.
        private final Environment environment;

        Defaults(Environment environment) {
            super("sightDefaults", SightDefaults.class);
            this.environment = environment;
        }

        @Override
        public String[] getPropertyNames() {
            return new String[]{ON, EXCLUDED, IN_REACTIVE_CHAINS};
        }

        @Override
        public @Nullable Object getProperty(String name) {
            return switch (name) {
                case ON -> StringUtils.hasText(environment.getProperty(ENDPOINT))
                        && isSet("management.opentelemetry.enabled") && isSet("management.tracing.export.otlp.enabled");
                case EXCLUDED -> Stream.concat(NEVER.stream(), isSet(ON) ? Stream.empty() : TRACING.stream())
                        .toArray(String[]::new);
                // There, too, a line then says to which trace it belongs, and a message goes on from it.
                case IN_REACTIVE_CHAINS -> isSet(ON) ? "auto" : "limited";
                default -> null;
            };
        }

        private boolean isSet(String name) {
            return environment.getProperty(name, Boolean.class, true);
        }
    }
}
