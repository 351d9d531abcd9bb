package app.kulti.recording.infra.journeys;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What may be in no log and in no trace: secrets that are known, and whatever has the form of one.
 *
 * @param secrets as they are
 */
record Leaks(Set<String> secrets) {
    /** Not the words of the redaction, so that a fault of the one is not a fault of the other. */
    private static final Pattern FORM = Pattern.compile("""
            eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+ # a JWT
            | (?i: [a-z0-9_-]*(?:signature|credential|token|sig) ) = (?! \\[redacted ) [^\\s"&,;)]+
            | (?i: meeting_?url ) ["'\\\\]* \\s* [:=] \\s* ["'\\\\]* (?! \\[redacted | null | configured | 100ms ) [^\\s"',}]+
            | (?i: bearer ) \\s+ (?! \\[redacted ) [A-Za-z0-9._~+/-]{16,}
            | /share/ [A-Za-z0-9_-]{32,}
            | \\.app\\.100ms\\.live/ \\S+
            """, Pattern.COMMENTS);

    /** Those in {@code text}. */
    List<String> in(String text) {
        return Stream.concat(secrets.stream().filter(text::contains),
                FORM.matcher(text).results().map(MatchResult::group)).toList();
    }
}
