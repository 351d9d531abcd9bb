package app.kulti.recording.gateway.playback;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name under which a film is saved: the session's title and the day, {@code Yoga for all 2026-11-22.mp4}. A title is
 * somebody's free text, so nothing of it that a header or a file system could read as more than a name is let through.
 */
final class AttachmentName {
    private static final String NAMELESS = "Recording";
    private static final int LONGEST_TITLE = 80;

    /** Controls, invisible and direction-changing characters, lone surrogates, unassigned and private ones. */
    private static final Pattern NOT_TEXT = Pattern.compile("[\\p{Cntrl}\\p{gc=C}\\p{Zl}\\p{Zp}]+");
    /** What Windows, macOS or Linux do not take in a name, or take for a folder. */
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[/\\\\:*?\"<>|]+");
    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Zs}]+");
    private static final Pattern EDGES = Pattern.compile("^[. ]+|[. ]+$");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern NOT_PLAIN = Pattern.compile("[^A-Za-z0-9 ._()+,&'-]+");

    private final String name;

    private AttachmentName(String name) {
        this.name = name;
    }

    static AttachmentName of(@Nullable String title, Instant recordedAt) {
        return new AttachmentName(cleaned(title == null ? "" : title) + " "
                + LocalDate.ofInstant(recordedAt, ZoneOffset.UTC) + ".mp4");
    }

    private static String cleaned(String title) {
        var text = NOT_TEXT.matcher(Normalizer.normalize(title, Normalizer.Form.NFC)).replaceAll(" ");
        text = NOT_IN_NAMES.matcher(text).replaceAll(" ");
        text = EDGES.matcher(SPACES.matcher(text).replaceAll(" ")).replaceAll("");
        if (text.codePointCount(0, text.length()) > LONGEST_TITLE) {
            text = EDGES.matcher(text.substring(0, text.offsetByCodePoints(0, LONGEST_TITLE))).replaceAll("");
        }
        return text.isEmpty() ? NAMELESS : text;
    }

    /**
     * The header's value: {@code filename} in plain ASCII for old clients, {@code filename*} for the others.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6266#section-4.3">RFC 6266, section 4.3</a>
     */
    String disposition() {
        return "attachment; filename=\"%s\"; filename*=UTF-8''%s".formatted(plain(), encoded());
    }

    private String plain() {
        var bare = MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD)).replaceAll("");
        var plain = EDGES.matcher(SPACES.matcher(NOT_PLAIN.matcher(bare).replaceAll(" ")).replaceAll(" "))
                .replaceAll("");
        // Nothing but the day is left of a title in another script.
        return Character.isDigit(plain.charAt(0)) && !Character.isDigit(name.charAt(0))
                ? NAMELESS + " " + plain
                : plain;
    }

    /** RFC 8187: attribute characters as they are, every other byte as %XX. */
    private String encoded() {
        var text = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean asItIs = c < 0x80 && (Character.isLetterOrDigit(c) || "!#$&+-.^_`|~".indexOf(c) >= 0);
            text.append(asItIs ? String.valueOf(c) : "%%%02X".formatted((int) c));
        }
        return text.toString();
    }

    /** As a person reads it. */
    @Override
    public String toString() {
        return name;
    }
}
