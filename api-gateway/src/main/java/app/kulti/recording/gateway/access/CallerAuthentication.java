package app.kulti.recording.gateway.access;

import app.kulti.recording.events.ids.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.oauth2.jwt.Jwt;

/** A caller whose token was verified. */
public final class CallerAuthentication extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;

    private final transient Caller caller;
    private final Instant expiresAt;
    private final boolean anonymous;

    private CallerAuthentication(Caller caller, Instant expiresAt, boolean anonymous) {
        super(List.of());
        this.caller = caller;
        this.expiresAt = expiresAt;
        this.anonymous = anonymous;
        setAuthenticated(true);
    }

    /** The claims are taken word for word from the signed token: the database is to see what was signed, not our reading of it. */
    static CallerAuthentication of(Jwt verified) {
        var payload = verified.getTokenValue().split("\\.", -1)[1];
        return new CallerAuthentication(new Caller(UserId.of(Objects.requireNonNull(verified.getSubject())),
                new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8)),
                Objects.requireNonNull(verified.getExpiresAt()),
                Boolean.TRUE.equals(verified.getClaims().get(SupabaseClaims.ANONYMOUS)));
    }

    /** The end of the token: whatever goes on beyond one request ends then. */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** Signed in without an account: may watch where they take part, and hosts nothing. */
    public boolean isAnonymous() {
        return anonymous;
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    @Override
    public String getCredentials() {
        return "";
    }
}
