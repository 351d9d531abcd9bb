package app.kulti.recording.infra.observability;

import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of a text what lets whoever reads it in: the queries of URLs (signatures, tokens), bearer tokens, JWTs, the
 * tokens of share links, and meeting URLs, whose very path can be a room's key.
 *
 * <p>A net below those who should not have written such a text in the first place, so it rather takes too much. It knows
 * secrets by their form only: a password that looks like a word passes.
 */
public final class Redaction {
    // Stands where something was taken out.
    static final String MARK = "[redacted]";

    // Mostly tried only where a word begins, and possessive: quick, also on a text that was made to be slow.
    private static final Pattern SECRET = Pattern.compile("""
            (?<meeting> meeting_?url ["']?+ \\s{0,9}+ [:=] \\s{0,9}+ ["']?+ ) [^\\s"',}]++
            | (?<![a-z0-9_-]) (?:
                (?<room> https?+ :// [a-z0-9-]++ \\.app\\.100ms\\.live ) [^\\s"'<>]*+
              | (?<url> [a-z0-9+._-]{1,40}+ :// [^\\s"'<>?\\#]*+ ) (?<query> [?\\#] [^\\s"'<>]*+ )?+
              | (?<bearer> bearer \\s{1,9}+ ) [a-z0-9._~+/=-]{8,}+
              | (?<jwt> ) eyJ [a-z0-9_-]++ \\. [a-z0-9_-]++ (?: \\. [a-z0-9_-]*+ )?+
              | (?<field> (?: x-(?:amz|goog)-(?:signature|credential|security-token) | signature | sig
                  | (?:access_|auth_|refresh_|id_)?+ token ) = ) [^&\\s"'<>,;)]++
            )""", Pattern.CASE_INSENSITIVE | Pattern.COMMENTS);
    /** The path of a share link is all that it takes to open it. */
    private static final Pattern SHARE = Pattern.compile("/share/[A-Za-z0-9_%-]{32,}+");
    private static final List<String> KEPT = List.of("meeting", "room", "url", "bearer", "jwt", "field");

    private Redaction() {}

    /**
     * The text without its secrets.
     *
     * @return {@code text} itself when it has none
     */
    public static String redact(String text) {
        var closed = text.contains("/share/") ? SHARE.matcher(text).replaceAll("/share/" + MARK) : text;
        return mayHoldSecrets(closed) ? SECRET.matcher(closed).replaceAll(Redaction::withoutSecret) : closed;
    }

    /** Nearly every log line ends here: nothing of what a secret begins with is in it. */
    private static boolean mayHoldSecrets(String text) {
        return text.indexOf('=') >= 0 || text.contains("://") || text.contains("eyJ") || text.contains("earer")
                || text.contains("EARER") || text.contains("eeting");
    }

    private static String withoutSecret(MatchResult found) {
        var harmless = found.group("url") != null && found.group("query") == null;
        return Matcher.quoteReplacement(harmless ? found.group() : kept(found) + MARK);
    }

    private static String kept(MatchResult found) {
        var kept = KEPT.stream().map(found::group).filter(Objects::nonNull).findFirst().orElse("");
        return found.group("query") == null ? kept : kept + "?";
    }
}
