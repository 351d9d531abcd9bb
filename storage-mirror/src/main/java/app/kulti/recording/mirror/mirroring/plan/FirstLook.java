package app.kulti.recording.mirror.mirroring.plan;

import app.kulti.recording.events.MirrorReport.RefusedBecause;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the first bytes of an answer tell before anything of it is stored: error pages come with status 200, too. */
public final class FirstLook {
    /** Bytes that are enough to tell. */
    public static final int ENOUGH = 64;

    private FirstLook() {}

    /** What the type tells that the source gives it. */
    public static Optional<Flaw> at(@Nullable String contentType) {
        return isPage(contentType) ? Optional.of(page()) : Optional.empty();
    }

    /**
     * What the bytes tell.
     *
     * @param first the first {@value #ENOUGH} bytes; fewer when the file has no more
     * @param count how many of {@code first} are the file's
     */
    public static Optional<Flaw> at(byte[] first, int count) {
        if (count == 0) {
            return Optional.of(new Flaw(RefusedBecause.EMPTY, "the file has no bytes"));
        }
        if (beginsLikeAPage(first, count)) {
            return Optional.of(page());
        }
        if (count < 8 || !"ftyp".equals(new String(first, 4, 4, StandardCharsets.ISO_8859_1))) {
            return Optional.of(new Flaw(RefusedBecause.NOT_MP4, "the first box is not ftyp"));
        }
        return Optional.empty();
    }

    private static Flaw page() {
        return new Flaw(RefusedBecause.HTML, "the source answers with a page");
    }

    private static boolean isPage(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        var type = contentType.toLowerCase(Locale.ROOT);
        return type.startsWith("text/html") || type.startsWith("application/xhtml");
    }

    private static boolean beginsLikeAPage(byte[] first, int count) {
        var text = new String(first, 0, count, StandardCharsets.UTF_8).replace("\uFEFF", "").stripLeading();
        return text.startsWith("<");
    }
}
