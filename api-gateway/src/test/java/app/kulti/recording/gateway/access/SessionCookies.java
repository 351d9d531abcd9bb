package app.kulti.recording.gateway.access;

import app.kulti.recording.gateway.Tokens;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.springframework.http.HttpCookie;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** Cookies as {@code @supabase/ssr} writes them. */
final class SessionCookies {
    /** MAX_CHUNK_SIZE there. */
    private static final int CHUNK = 3180;

    private SessionCookies() {}

    /** A session with {@code token}, in as many cookies as it takes. */
    static MultiValueMap<String, HttpCookie> of(String token) {
        return of(token, "");
    }

    /** The same, with {@code more} in the user's metadata. */
    static MultiValueMap<String, HttpCookie> of(String token, String more) {
        return chunked("base64-" + Base64.getUrlEncoder().withoutPadding()
                .encodeToString(session(token, more).getBytes(StandardCharsets.UTF_8)));
    }

    /** {@code cookieEncoding: "raw"}. */
    static MultiValueMap<String, HttpCookie> raw(String token, String more) {
        return chunked(session(token, more));
    }

    static String session(String token, String more) {
        return """
                {"access_token":"%s","token_type":"bearer","expires_in":3600,"expires_at":1795342800,\
                "refresh_token":"v1abc","user":{"id":"u","user_metadata":{"name":"Zoë 🎉 100%%","more":"%s"}}}"""
                .formatted(token, more);
    }

    static MultiValueMap<String, HttpCookie> cookie(String value) {
        var cookies = new LinkedMultiValueMap<String, HttpCookie>();
        cookies.add(Tokens.COOKIE, new HttpCookie(Tokens.COOKIE, value));
        return cookies;
    }

    private static MultiValueMap<String, HttpCookie> chunked(String value) {
        var chunks = chunks(value);
        if (chunks.size() == 1) {
            return cookie(chunks.getFirst());
        }
        var cookies = new LinkedMultiValueMap<String, HttpCookie>();
        for (int i = 0; i < chunks.size(); i++) {
            var name = Tokens.COOKIE + "." + i;
            cookies.add(name, new HttpCookie(name, chunks.get(i)));
        }
        return cookies;
    }

    /** Each is encoded by itself and at most so long, and no character is cut. */
    private static List<String> chunks(String value) {
        var chunks = new ArrayList<String>();
        var chunk = new StringBuilder();
        value.codePoints().mapToObj(Character::toString).map(SessionCookies::encoded).forEach(character -> {
            if (chunk.length() + character.length() > CHUNK) {
                chunks.add(chunk.toString());
                chunk.setLength(0);
            }
            chunk.append(character);
        });
        chunks.add(chunk.toString());
        return chunks;
    }

    private static String encoded(String character) {
        return URLEncoder.encode(character, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
