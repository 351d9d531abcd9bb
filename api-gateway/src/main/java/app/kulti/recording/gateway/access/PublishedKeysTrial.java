package app.kulti.recording.gateway.access;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Fetches the keys anew, past whatever is kept, and looks whether any can check a token. */
final class PublishedKeysTrial {
    private static final Duration LIMIT = Duration.ofSeconds(6);

    private final URI uri;

    PublishedKeysTrial(URI uri) {
        this.uri = uri;
    }

    /** Why no token can be checked, and the mend; nothing when one can. Never an error. */
    Mono<String> obstacle() {
        return Mono.fromCallable(() -> JWKSet.parse(PublishedKeys.retriever().retrieveResource(uri.toURL())
                .getContent())).subscribeOn(Schedulers.boundedElastic()).timeout(LIMIT)
                .filter(keys -> Stream.of(JWSAlgorithm.ES256, JWSAlgorithm.RS256).allMatch(one -> isWithout(keys, one)))
                .map(_ -> "there is no key for ES256 or RS256: compare KULTI_AUTH_JWKSURI, or have Supabase use one")
                .onErrorResume(ParseException.class,
                        _ -> Mono.just("what is there are no keys: compare KULTI_AUTH_JWKSURI"))
                .onErrorResume(
                        fault -> Mono.just("it gives no keys (%s): compare KULTI_AUTH_JWKSURI, and see whether it can "
                                .formatted(fault.getClass().getSimpleName()) + "be reached from here"));
    }

    private static boolean isWithout(JWKSet keys, JWSAlgorithm algorithm) {
        return new JWKSelector(JWKMatcher.forJWSHeader(new JWSHeader(algorithm))).select(keys).isEmpty();
    }
}
