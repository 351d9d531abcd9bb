package app.kulti.recording.gateway.failure;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.json.JsonMapper;

/** One way out for all that goes wrong, in handlers and in filters. */
@Configuration(proxyBeanMethods = false)
public class FailureConfiguration {

    @Bean
    ProblemWriter problemWriter(JsonMapper json) {
        return new ProblemWriter(json, FailureConfiguration::isSent);
    }

    /** A body that turns out to be no HTTP is answered by Netty. */
    private static boolean isSent(ServerHttpResponse response) {
        HttpServerResponse netty = ServerHttpResponseDecorator.getNativeResponse(response);
        return netty.hasSentHeaders();
    }

    @Bean
    Failures failures(ProblemWriter problems) {
        return new Failures(problems);
    }
}
