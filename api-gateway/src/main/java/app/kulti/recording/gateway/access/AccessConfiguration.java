package app.kulti.recording.gateway.access;

import app.kulti.recording.gateway.failure.Problem;
import app.kulti.recording.gateway.failure.ProblemType;
import app.kulti.recording.gateway.failure.ProblemWriter;
import app.kulti.recording.infra.observability.checking.Check;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.web.server.BearerTokenServerAuthenticationEntryPoint;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.header.ServerHttpHeadersWriter;
import org.springframework.security.web.server.header.StaticServerHttpHeadersWriter;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/** The door: everything below {@code /api} needs a user's token. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
@EnableConfigurationProperties({AuthSettings.class, CorsSettings.class})
public class AccessConfiguration {
    private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST,
            HttpMethod.PUT, HttpMethod.DELETE, HttpMethod.OPTIONS, HttpMethod.PATCH);
    private static final String CLOSED = "default-src 'none'; frame-ancestors 'none'";
    private static final String UNSHARED = "private, no-store";

    /** For what is answered before it gets to a chain, which writes its own. */
    private static final ServerHttpHeadersWriter BARE_HEADERS = StaticServerHttpHeadersWriter.builder()
            .header("X-Content-Type-Options", "nosniff").header("X-Frame-Options", "DENY")
            .header("Referrer-Policy", "no-referrer").header("Content-Security-Policy", CLOSED)
            .header("Cache-Control", UNSHARED).build();

    @Bean
    ReactiveJwtDecoder tokens(AuthSettings settings, Clock clock) {
        return new SupabaseTokens(settings, PublishedKeys.Keeping.USUAL, clock, Schedulers.boundedElastic());
    }

    @Bean
    Check keysCheck(AuthSettings settings) {
        var published = settings.jwksUri();
        return published == null
                ? () -> Mono.just(List.of())
                : Check.of("the published keys can check a token", new PublishedKeysTrial(published).obstacle());
    }

    @Bean
    CorsConfigurationSource corsConfigurationSource(CorsSettings origins, AuthSettings auth) {
        var configuration = origins.configuration(auth.cookie() != null);
        return _ -> configuration;
    }

    @Bean
    TokenOfRequest tokenOfRequest(AuthSettings auth, CorsSettings origins, JsonMapper json) {
        var cookie = auth.cookie();
        return new TokenOfRequest(cookie == null ? null : new SessionCookie(cookie, json), origins.origins());
    }

    @Bean
    @Order(1)
    SecurityWebFilterChain api(ServerHttpSecurity http, ReactiveJwtDecoder tokens, TokenOfRequest tokenOfRequest,
            CorsConfigurationSource cors, ProblemWriter problems) {
        var notSignedIn = notSignedIn(problems);
        return withoutLogins(http, cors)
                .securityMatcher(ServerWebExchangeMatchers.pathMatchers("/api/**"))
                .authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
                .oauth2ResourceServer(server -> server
                        .authenticationEntryPoint(notSignedIn)
                        .bearerTokenConverter(tokenOfRequest)
                        .jwt(jwt -> jwt.jwtDecoder(tokens)
                                .jwtAuthenticationConverter(token -> Mono.fromSupplier(
                                        () -> CallerAuthentication.of(token)))))
                .exceptionHandling(failures -> failures.authenticationEntryPoint(notSignedIn))
                .headers(headers -> headers
                        .cache(ServerHttpSecurity.HeaderSpec.CacheSpec::disable)
                        .writer(StaticServerHttpHeadersWriter.builder()
                                .header("Cache-Control", UNSHARED).build())
                        .contentSecurityPolicy(
                                policy -> policy.policyDirectives(CLOSED)))
                .build();
    }

    @Bean
    @Order(2)
    SecurityWebFilterChain everythingElse(ServerHttpSecurity http, CorsConfigurationSource cors) {
        return withoutLogins(http, cors)
                .authorizeExchange(exchanges -> exchanges.anyExchange().permitAll())
                .build();
    }

    /** What is written so as to be read differently by different programs, and methods that nothing here has. */
    @Bean
    ServerExchangeRejectedHandler crookedRequests(ProblemWriter problems) {
        return (exchange, _) -> BARE_HEADERS.writeHttpHeaders(exchange)
                .then(Mono.defer(() -> problems.write(exchange, crooked(exchange.getRequest().getMethod()))));
    }

    private static Problem crooked(HttpMethod method) {
        return METHODS.contains(method)
                ? new Problem(ProblemType.INVALID_REQUEST,
                        "The address, or a header, has characters that are not accepted here.")
                : Problem.methodNotAllowed(METHODS);
    }

    private static ServerHttpSecurity withoutLogins(ServerHttpSecurity http, CorsConfigurationSource cors) {
        return http
                // A token that a page must add by itself cannot be ridden by another page.
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                // The same filter, but for the refusal.
                .cors(ServerHttpSecurity.CorsSpec::disable)
                .addFilterAt(new CorsWebFilter(cors, new OriginRules()), SecurityWebFiltersOrder.CORS)
                .headers(headers -> headers
                        .referrerPolicy(policy -> policy.policy(
                                ReferrerPolicy.NO_REFERRER)));
    }

    /** Its response can still be written to after it was completed. */
    private static ServerWebExchange uncommitted(ServerWebExchange exchange) {
        return exchange.mutate().response(new ServerHttpResponseDecorator(exchange.getResponse()) {
            @Override
            public Mono<Void> setComplete() {
                return Mono.empty();
            }
        }).build();
    }

    /** The library says in {@code WWW-Authenticate} what was wrong with the token (RFC 6750); we add the body. */
    private static ServerAuthenticationEntryPoint notSignedIn(ProblemWriter problems) {
        var header = new BearerTokenServerAuthenticationEntryPoint();
        return (exchange, reason) -> header.commence(uncommitted(exchange), reason)
                .then(problems.write(exchange, new Problem(ProblemType.NOT_SIGNED_IN,
                        "A valid access token of a signed-in user is needed: Authorization: Bearer …")));
    }
}
