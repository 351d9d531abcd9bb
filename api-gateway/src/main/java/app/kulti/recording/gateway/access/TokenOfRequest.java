package app.kulti.recording.gateway.access;

import app.kulti.recording.gateway.failure.Problem;
import app.kulti.recording.gateway.failure.ProblemType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Where a request's token stands: in its {@code Authorization} header, else in Supabase's cookie where that is switched on. A
 * browser adds cookies also to what somebody else's page asks for, so with one only a page of ours may change anything.
 */
final class TokenOfRequest implements ServerAuthenticationConverter {
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final ServerAuthenticationConverter header = new ServerBearerTokenAuthenticationConverter();
    private final @Nullable SessionCookie cookie;
    private final List<String> origins;

    /**
     * From the header, and from {@code cookie} where it is given.
     *
     * @param origins of our pages, beside the gateway's own
     */
    TokenOfRequest(@Nullable SessionCookie cookie, List<String> origins) {
        this.cookie = cookie;
        this.origins = List.copyOf(origins);
    }

    @Override
    public Mono<Authentication> convert(ServerWebExchange exchange) {
        return header.convert(exchange)
                .switchIfEmpty(Mono.fromSupplier(() -> inCookie(exchange.getRequest())));
    }

    private @Nullable Authentication inCookie(ServerHttpRequest request) {
        var token = cookie == null ? null : cookie.token(request.getCookies());
        if (token == null) {
            return null;
        }
        if (!SAFE.contains(request.getMethod()) && !isFromOurPage(request)) {
            throw new Problem(ProblemType.ORIGIN_NOT_ALLOWED,
                    "With a cookie, only a page of this site may do this: its Origin has to be named.");
        }
        return new BearerTokenAuthenticationToken(token);
    }

    private boolean isFromOurPage(ServerHttpRequest request) {
        var origin = request.getHeaders().getOrigin();
        return origin != null && (origins.contains(origin) || !CorsUtils.isCorsRequest(request));
    }
}
