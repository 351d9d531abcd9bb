package app.kulti.recording.infra.messaging;

import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Messages are traced where the service traces. */
@AutoConfiguration
public class TracesConfiguration {
    @Bean
    Traces traces(ObjectProvider<Tracer> tracer, ObjectProvider<ObservationRegistry> observations) {
        var found = tracer.getIfAvailable();
        return found == null ? Traces.none() : new Traces(found, observations.getObject());
    }
}
