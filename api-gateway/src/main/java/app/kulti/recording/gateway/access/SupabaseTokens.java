package app.kulti.recording.gateway.access;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Reads tokens of Supabase Auth. Each algorithm has its own decoder with its own key, so that a token never chooses which key
 * it is checked with: an HS256 token meets the secret and no public key, and the other way round.
 */
final class SupabaseTokens implements ReactiveJwtDecoder {
    private final Map<JWSAlgorithm, NimbusReactiveJwtDecoder> decoders = new HashMap<>();

    SupabaseTokens(AuthSettings settings, PublishedKeys.Keeping keeping, Clock clock, Scheduler blocking) {
        var secret = settings.jwtSecret();
        if (secret != null) {
            var key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
            decoders.put(JWSAlgorithm.HS256,
                    NimbusReactiveJwtDecoder.withSecretKey(key).macAlgorithm(MacAlgorithm.HS256).build());
        }
        var jwksUri = settings.jwksUri();
        if (jwksUri != null) {
            var keys = new PublishedKeys(jwksUri, keeping, blocking);
            decoders.put(JWSAlgorithm.ES256,
                    NimbusReactiveJwtDecoder.withJwkSource(keys::of).jwsAlgorithm(SignatureAlgorithm.ES256).build());
            decoders.put(JWSAlgorithm.RS256,
                    NimbusReactiveJwtDecoder.withJwkSource(keys::of).jwsAlgorithm(SignatureAlgorithm.RS256).build());
        }
        var claims = SupabaseClaims.validator(settings.issuer(), clock);
        decoders.values().forEach(decoder -> decoder.setJwtValidator(claims));
    }

    @Override
    public Mono<Jwt> decode(String token) {
        return Mono.defer(() -> decoderFor(token).decode(token))
                // The decoder's word for keys that could not be fetched; ours is one that says it is not the token's fault.
                .onErrorMap(IllegalStateException.class, e -> new JwtException("The keys could not be fetched", e));
    }

    private NimbusReactiveJwtDecoder decoderFor(String token) {
        try {
            var decoder = decoders.get(SignedJWT.parse(token).getHeader().getAlgorithm());
            if (decoder == null) {
                throw new BadJwtException("The token is signed with an algorithm that is not accepted here");
            }
            return decoder;
        } catch (ParseException _) {
            throw new BadJwtException("The token is no signed JWT");
        }
    }
}
