package app.kulti.recording.infra.local.hms.beam;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/**
 * The page that the recording browser opens. Its {@code auth_token} lets anybody into the room, as at 100ms: whoever
 * reads answers and webhooks has to keep it out of logs.
 */
public final class MeetingLinks {
    private final String accessKey;
    private final byte[] secret;
    private final Clock clock;

    public MeetingLinks(String accessKey, String appSecret, Clock clock) {
        this.accessKey = accessKey;
        this.secret = appSecret.getBytes(StandardCharsets.UTF_8);
        this.clock = clock;
    }

    /** The given page, or the room's own, with a token added where it has none. */
    Ask complete(Ask ask, String roomId) {
        String given = ask.meetingUrl();
        String url = given != null
                ? given
                : "https://kulti-local.app.100ms.live/preview/" + roomId + "/__internal_recorder?skip_preview=true";
        if (!url.contains("auth_token=")) {
            String token = URLEncoder.encode(token(roomId), StandardCharsets.UTF_8);
            url = url + (url.contains("?") ? "&" : "?") + "auth_token=" + token;
        }
        return new Ask(url, ask.resolution(), ask.destination());
    }

    private String token(String roomId) {
        Instant now = clock.instant();
        JWTClaimsSet claims = new JWTClaimsSet.Builder().claim("access_key", accessKey).claim("type", "app")
                .claim("version", 2).claim("room_id", roomId).claim("user_id", "beam")
                .claim("role", "__internal_recorder")
                .jwtID(UUID.randomUUID().toString()).issueTime(Date.from(now)).notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofDays(1)))).build();
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(new MACSigner(secret));
        } catch (JOSEException e) {
            throw new IllegalStateException("a secret that passed its check at boot signs", e);
        }
        return token.serialize();
    }
}
