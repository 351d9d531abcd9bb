package app.kulti.recording.gateway.failure;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** One way out for all that goes wrong, in handlers and in filters. */
@Configuration(proxyBeanMethods = false)
public class FailureConfiguration {

    @Bean
    ProblemWriter problemWriter(JsonMapper json) {
        return new ProblemWriter(json);
    }

    @Bean
    Failures failures(ProblemWriter problems) {
        return new Failures(problems);
    }
}
