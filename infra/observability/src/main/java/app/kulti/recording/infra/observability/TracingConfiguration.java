package app.kulti.recording.infra.observability;

import io.micrometer.observation.ObservationPredicate;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.context.annotation.Bean;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;

/** What is traced, and what of it leaves the service. */
@AutoConfiguration(before = OpenTelemetryTracingAutoConfiguration.class)
@ConditionalOnBooleanProperty("management.tracing.export.enabled")
public class TracingConfiguration {
    @Bean
    SpanExporters redactingExporters(ObjectProvider<SpanExporter> exporters) {
        return SpanExporters.of(exporters.orderedStream().map(RedactingExporter::new).toList());
    }

    /** Probes and collectors of metrics ask every few seconds, and nobody ever asks about them. */
    @Bean
    ObservationPredicate askedByUsers() {
        return (_, context) -> !(context instanceof ServerRequestObservationContext request) || !isForActuator(request);
    }

    private static boolean isForActuator(ServerRequestObservationContext context) {
        var request = context.getCarrier();
        return request != null && request.getPath().value().startsWith("/actuator");
    }
}
