package app.kulti.recording.gateway.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The session that Supabase's own client library keeps in the browser's cookies: JSON, mostly as {@code base64-} and base64url,
 * in one cookie or cut into {@code name.0}, {@code name.1}, ….
 *
 * @see <a href="https://github.com/supabase/ssr/blob/main/src/utils/chunker.ts">How it is cut</a>
 * @see <a href="https://github.com/supabase/ssr/blob/main/src/cookies.ts">How it is written</a>
 */
final class SessionCookie {
    private static final String BASE64 = "base64-";
    /** More than fit into a request's headers. */
    private static final int MOST_CHUNKS = 16;

    private final String name;
    private final JsonMapper json;

    /** {@code name} is the one without number, {@code sb-<ref>-auth-token}. */
    SessionCookie(String name, JsonMapper json) {
        this.name = name;
        this.json = json;
    }

    /**
     * The access token among {@code cookies}; null when there is no session.
     *
     * @throws InvalidBearerTokenException when there is one that cannot be read
     */
    @Nullable
    String token(MultiValueMap<String, HttpCookie> cookies) {
        var session = session(cookies);
        return session.isEmpty() ? null : tokenIn(session);
    }

    private String session(MultiValueMap<String, HttpCookie> cookies) {
        var whole = value(cookies, name);
        if (!whole.isEmpty()) {
            return whole;
        }
        var chunks = new StringBuilder();
        for (int i = 0; i < MOST_CHUNKS; i++) {
            var chunk = value(cookies, name + "." + i);
            if (chunk.isEmpty()) {
                break;
            }
            chunks.append(chunk);
        }
        return chunks.toString();
    }

    private static String value(MultiValueMap<String, HttpCookie> cookies, String name) {
        var cookie = cookies.getFirst(name);
        try {
            return cookie == null ? "" : UriUtils.decode(cookie.getValue(), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    private String tokenIn(String session) {
        try {
            var text = session.startsWith(BASE64)
                    ? new String(Base64.getUrlDecoder().decode(session.substring(BASE64.length())),
                            StandardCharsets.UTF_8)
                    : session;
            var token = json.readTree(text).path("access_token").stringValue("");
            if (token.isEmpty()) {
                throw unreadable(null);
            }
            return token;
        } catch (IllegalArgumentException | JacksonException e) {
            throw unreadable(e);
        }
    }

    private static InvalidBearerTokenException unreadable(@Nullable Exception e) {
        // Without the cause's words, which quote what they choked on.
        return new InvalidBearerTokenException("The session cookie cannot be read", e);
    }
}
