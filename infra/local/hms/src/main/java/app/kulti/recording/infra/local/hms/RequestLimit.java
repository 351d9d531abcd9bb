package app.kulti.recording.infra.local.hms;

import java.util.concurrent.Semaphore;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Turns requests away while too many are under way. */
final class RequestLimit implements WebFilter {
    private final Semaphore places;

    RequestLimit(int most) {
        this.places = new Semaphore(most);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!places.tryAcquire()) {
            exchange.getResponse().setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
            return exchange.getResponse().setComplete();
        }
        return chain.filter(exchange).doFinally(_ -> places.release());
    }
}
