package app.kulti.recording.gateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Tokens as Supabase Auth gives them. */
public final class Tokens {
    public static final String SECRET = "a-secret-of-tests-with-at-least-thirty-two-bytes";
    public static final String ISSUER = "https://project.supabase.co/auth/v1";

    /** Where Supabase's own client keeps a session. */
    public static final String COOKIE = "sb-project-auth-token";

    private Tokens() {}

    /** Of a user who signed in with an account. */
    public static String of(UUID user) {
        return of(user, claims -> claims);
    }

    /** Of a user who signed in anonymously. */
    public static String anonymous(UUID user) {
        return of(user, claims -> claims.claim("is_anonymous", true));
    }

    /** The same but for what {@code otherwise} changes. */
    public static String of(UUID user, UnaryOperator<JWTClaimsSet.Builder> otherwise) {
        return signed(otherwise.apply(claimsOf(user)).build(), SECRET);
    }

    /** As GoTrue writes them. */
    public static JWTClaimsSet.Builder claimsOf(UUID user) {
        return new JWTClaimsSet.Builder().issuer(ISSUER).subject(user.toString()).audience("authenticated")
                .claim("role", "authenticated").claim("aal", "aal1").claim("is_anonymous", false)
                .claim("email", "it's@kulti.app").claim("session_id", UUID.randomUUID().toString())
                .issueTime(Date.from(Instant.now())).expirationTime(Date.from(Instant.now().plusSeconds(3600)));
    }

    /** Supabase's anon and service keys: tokens without a user, under the same secret. */
    public static String key(String role) {
        return signed(new JWTClaimsSet.Builder().issuer("supabase").claim("ref", "project").claim("role", role)
                .issueTime(Date.from(Instant.now())).expirationTime(Date.from(Instant.now().plusSeconds(3600)))
                .build(), SECRET);
    }

    /** With HS256. */
    public static String signed(JWTClaimsSet claims, String secret) {
        try {
            return signed(new JWSHeader.Builder(JWSAlgorithm.HS256), claims, new MACSigner(secret));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With any key. */
    public static String signed(JWSHeader.Builder header, JWTClaimsSet claims, JWSSigner signer) {
        try {
            var token = new SignedJWT(header.build(), claims);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
