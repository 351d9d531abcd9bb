package app.kulti.recording.gateway.failure;

import app.kulti.recording.gateway.Tokens;
import app.kulti.recording.gateway.failure.Hostile.Victim;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** What a browser sends along by itself: cookies that are none, and good ones from pages that are not ours. */
final class HostileOrigins {
    private static final String LIST = "/api/recordings/list";
    private static final String OURS = "https://kulti.app";

    private HostileOrigins() {}

    static List<Hostile> cookiesAndOrigins(Victim victim) {
        return Stream.of(brokenCookies(victim), strangePages(victim), preflights(victim)).flatMap(List::stream)
                .toList();
    }

    private static List<Hostile> brokenCookies(Victim victim) {
        var good = session(victim.token());
        return List.of(
                cookie(victim, "an empty session", ""),
                cookie(victim, "base64 of nothing", "base64-"),
                cookie(victim, "no base64", "base64-{}"),
                cookie(victim, "base64 of no JSON", "base64-" + base64("session")),
                cookie(victim, "no JSON", "session"),
                cookie(victim, "null", "null"),
                cookie(victim, "a list", URLEncoder.encode("[\"" + victim.token() + "\"]", StandardCharsets.UTF_8)),
                cookie(victim, "no token", "base64-" + base64("{\"refresh_token\": \"x\"}")),
                cookie(victim, "a token that is a number", "base64-" + base64("{\"access_token\": 7}")),
                cookie(victim, "a token that is none", "base64-" + base64(session("x.y.z"))),
                cookie(victim, "a token with a line break", "base64-" + base64(session("x\\r\\nX-Evil: 1"))),
                cookie(victim, "levels without an end", "base64-" + base64("[".repeat(2_000))),
                cookie(victim, "a broken escape", "%zz"),
                cookie(victim, "a token outside of a session", victim.token()),
                victim.get("only the second half", 401, LIST).header("Authorization", null)
                        .header("Cookie", Tokens.COOKIE + ".1=base64-" + base64(good)),
                victim.get("another project's cookie", 401, LIST).header("Authorization", null)
                        .header("Cookie", "sb-another-auth-token=base64-" + base64(good)),
                victim.get("a token in the address", 401, LIST + "?access_token=" + victim.token())
                        .header("Authorization", null));
    }

    private static List<Hostile> strangePages(Victim victim) {
        var start = victim.start("no page at all", 403, victim.startBody()).header("Authorization", null)
                .header("Cookie", Tokens.COOKIE + "=base64-" + base64(session(victim.token())));
        var pages = Stream.of("https://evil.test", "null", "http://kulti.app", "https://kulti.app.evil.test",
                "https://evil.test/https://kulti.app", "https://kulti.app:8443", "https://KULTI.APP.", "*", "file://",
                "https://kulti.app, https://evil.test", "https://kulti.app@evil.test");
        return Stream.concat(Stream.of(start), pages.flatMap(page -> Stream.of(
                start.called("a start from " + page).header("Origin", page),
                victim.get("a list from " + page, 403, LIST).header("Origin", page)))).toList();
    }

    private static List<Hostile> preflights(Victim victim) {
        var asked = victim.get("a preflight of another page", 403, LIST).method("OPTIONS").header("Authorization", null)
                .header("Origin", "https://evil.test").header("Access-Control-Request-Method", "GET");
        return List.of(asked,
                asked.called("a preflight for a method that there is not").header("Origin", OURS)
                        .header("Access-Control-Request-Method", "BREW"),
                asked.called("a preflight for a header that nobody reads").header("Origin", OURS)
                        .header("Access-Control-Request-Headers", "X-Admin"));
    }

    private static Hostile cookie(Victim victim, String name, String value) {
        return victim.get(name, 401, LIST).header("Authorization", null).header("Cookie", Tokens.COOKIE + "=" + value);
    }

    private static String session(String token) {
        return "{\"access_token\": \"%s\", \"token_type\": \"bearer\"}".formatted(token);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
