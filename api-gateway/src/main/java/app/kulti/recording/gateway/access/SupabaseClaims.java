package app.kulti.recording.gateway.access;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;

/**
 * What a verified token must say to be a user's. Supabase's {@code anon} and {@code service_role} keys are tokens under the same
 * secret, without {@code sub} and with another role: they sign nobody in.
 *
 * @see <a href="https://supabase.com/docs/guides/auth/jwt-fields">Supabase: JWT claims</a>
 */
final class SupabaseClaims {
    /** Whether it is the sign-in of somebody without an account; false where it is absent. */
    static final String ANONYMOUS = "is_anonymous";

    private static final String USERS = "authenticated";
    private static final Duration SKEW = Duration.ofSeconds(30);

    private SupabaseClaims() {}

    static OAuth2TokenValidator<Jwt> validator(@Nullable String issuer, Clock clock) {
        var lifetime = new JwtTimestampValidator(SKEW);
        lifetime.setAllowEmptyExpiryClaim(false);
        lifetime.setClock(clock);
        var type = new JwtTypeValidator("JWT");
        type.setAllowEmpty(true);
        var rules = new ArrayList<OAuth2TokenValidator<Jwt>>();
        rules.add(type);
        rules.add(lifetime);
        rules.add(new JwtAudienceValidator(USERS));
        rules.add(jwt -> verdict(USERS.equals(jwt.getClaims().get("role")), "The role is not " + USERS));
        rules.add(jwt -> verdict(isYesNoOrAbsent(jwt.getClaims().get(ANONYMOUS)), "is_anonymous is no yes or no"));
        rules.add(jwt -> verdict(isReadableByPostgres(jwt.getClaims()), "A claim has a text that is none"));
        rules.add(jwt -> verdict(isUuid(jwt.getClaims().get(JwtClaimNames.SUB)), "The sub is no user's"));
        if (issuer != null) {
            rules.add(new JwtIssuerValidator(issuer));
        }
        return new DelegatingOAuth2TokenValidator<>(rules);
    }

    private static OAuth2TokenValidatorResult verdict(boolean right, String otherwise) {
        return right
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(
                        new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, otherwise, null));
    }

    private static boolean isYesNoOrAbsent(@Nullable Object claim) {
        return claim == null || claim instanceof Boolean;
    }

    /** The database's policies read the claims as jsonb, which takes neither NUL nor half a surrogate pair. */
    private static boolean isReadableByPostgres(@Nullable Object claim) {
        return switch (claim) {
            case String text -> text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
            case Map<?, ?> object -> object.entrySet().stream()
                    .allMatch(entry -> isReadableByPostgres(entry.getKey()) && isReadableByPostgres(entry.getValue()));
            case Collection<?> list -> list.stream().allMatch(SupabaseClaims::isReadableByPostgres);
            case null, default -> true;
        };
    }

    /** The canonical form only: {@link UUID#fromString} takes shorter ones as well. */
    private static boolean isUuid(@Nullable Object claim) {
        try {
            return claim instanceof String text && Objects.equals(UUID.fromString(text).toString(), text);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
