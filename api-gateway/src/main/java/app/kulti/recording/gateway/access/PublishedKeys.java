package app.kulti.recording.gateway.access;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.jose.util.health.HealthStatus;
import com.nimbusds.jwt.SignedJWT;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.security.oauth2.jwt.JwtException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The public keys of the project's JWKS, fetched when they are needed. Kept ten minutes at most, as Supabase asks for, but on
 * through an outage of the key server; a key id that is not known is looked for again at most every 30 s.
 */
final class PublishedKeys {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
    private static final Duration READ_LIMIT = Duration.ofSeconds(3);
    private static final int LARGEST_ANSWER = 128 * 1024;

    private final JWKSource<SecurityContext> source;
    private final Scheduler blocking;
    private volatile boolean away;

    /**
     * How long keys are used.
     *
     * @param kept          after which they are fetched again
     * @param inOutage      after which they are believed no more, though the key server cannot be asked for others
     * @param lookedForAgain after which an unknown key id may have them fetched again
     */
    record Keeping(Duration kept, Duration inOutage, Duration lookedForAgain) {
        static final Keeping USUAL = new Keeping(Duration.ofMinutes(10), Duration.ofHours(12), Duration.ofSeconds(30));
    }

    /**
     * The keys at {@code uri}.
     *
     * @param blocking where a fetch may hold up its thread, for at most five seconds
     */
    PublishedKeys(URI uri, Keeping keeping, Scheduler blocking) {
        this.blocking = blocking;
        try {
            this.source = JWKSourceBuilder.create(uri.toURL(), retriever())
                    .cache(keeping.kept().toMillis(), CONNECT_LIMIT.plus(READ_LIMIT).toMillis())
                    .refreshAheadCache(false)
                    .rateLimited(keeping.lookedForAgain().toMillis())
                    .healthReporting(report -> away = report.getHealthStatus() == HealthStatus.NOT_HEALTHY)
                    .outageTolerant(keeping.inOutage().toMillis())
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("no URL: " + uri, e);
        }
    }

    /** Blocks for at most five seconds. */
    static ResourceRetriever retriever() {
        return new DefaultResourceRetriever((int) CONNECT_LIMIT.toMillis(), (int) READ_LIMIT.toMillis(),
                LARGEST_ANSWER);
    }

    /** Those that may have signed {@code token}: of its algorithm's kind, and of its key id where it names one. */
    Flux<JWK> of(SignedJWT token) {
        return Mono.fromCallable(() -> matching(token)).subscribeOn(blocking).flatMapIterable(keys -> keys);
    }

    private List<JWK> matching(SignedJWT token) {
        try {
            return source.get(new JWKSelector(JWKMatcher.forJWSHeader(token.getHeader())), null);
        } catch (RateLimitReachedException e) {
            if (away) {
                throw new JwtException("the keys could not be fetched a moment ago", e);
            }
            // Somebody sends key ids that do not exist: their fault, not the key server's.
            return List.of();
        } catch (KeySourceException e) {
            throw new JwtException("the keys could not be fetched", e);
        }
    }
}
