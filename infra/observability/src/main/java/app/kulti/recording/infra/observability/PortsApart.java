package app.kulti.recording.infra.observability;

import java.util.List;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Two ports for two publics: what is for operators answers on the management port, and nothing else does there. By itself the
 * management server, a child context, takes handler mappings of its parent for its own, and would so serve them on a port where
 * nobody expects them.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
public class PortsApart {
    private static final List<PathPattern> FOR_OPERATORS = List.of(
            PathPatternParser.defaultInstance.parse("/actuator/**"),
            PathPatternParser.defaultInstance.parse("/ops/**"));

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    WebFilter portsApart(ApplicationContext here) {
        return (exchange, chain) -> isForOperators(exchange) == isOnTheManagementPort(exchange, here)
                ? chain.filter(exchange)
                : Mono.error(new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private static boolean isForOperators(ServerWebExchange exchange) {
        var path = exchange.getRequest().getPath().pathWithinApplication();
        return FOR_OPERATORS.stream().anyMatch(pattern -> pattern.matches(path));
    }

    private static boolean isOnTheManagementPort(ServerWebExchange exchange, ApplicationContext here) {
        var context = exchange.getApplicationContext();
        return context != null && !context.equals(here);
    }
}
