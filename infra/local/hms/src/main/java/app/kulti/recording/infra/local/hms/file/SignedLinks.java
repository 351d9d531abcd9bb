package app.kulti.recording.infra.local.hms.file;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Links to files that anybody may use until they expire, as object storage presigns them. */
public final class SignedLinks {
    /** Where files are served, before the bucket's name. */
    public static final String PREFIX = "/files/";
    private static final String SCHEME = "s3://";

    private final SecretKeySpec key;
    private final Supplier<URI> publicUrl;
    private final Clock clock;

    /**
     * Signs and judges with one secret.
     *
     * @param secret    any; links of a former process stay good while it stays the same
     * @param publicUrl asked at each signing, since the port may be known late
     */
    public SignedLinks(String secret, Supplier<URI> publicUrl, Clock clock) {
        this.key = new SecretKeySpec(("file links " + secret).getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /** What a link is worth. */
    public enum Verdict {
        GOOD, UNSIGNED, FORGED, EXPIRED
    }

    /**
     * Signs.
     *
     * @param path {@code s3://bucket/…}, of characters that need no escape
     * @param life rounded up to the second
     */
    public String link(String path, Duration life) {
        long expires = clock.instant().plus(life).plusMillis(999).getEpochSecond();
        String file = path.substring(SCHEME.length());
        return publicUrl.get() + PREFIX + file + "?expires=" + expires + "&signature=" + signature(path, expires);
    }

    /** The {@code s3://} path that a request's path is about. */
    public static String pathOf(String requestPath) {
        return SCHEME + requestPath.substring(PREFIX.length());
    }

    /** Judges a link by its path and query. */
    public Verdict judge(String path, @Nullable String expires, @Nullable String signature) {
        if (expires == null || signature == null) {
            return Verdict.UNSIGNED;
        }
        long until;
        try {
            until = Long.parseLong(expires);
        } catch (NumberFormatException _) {
            return Verdict.FORGED;
        }
        byte[] right = signature(path, until).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(right, signature.getBytes(StandardCharsets.UTF_8))) {
            return Verdict.FORGED;
        }
        return clock.instant().isBefore(Instant.ofEpochSecond(until)) ? Verdict.GOOD : Verdict.EXPIRED;
    }

    private String signature(String path, long expires) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal((path + '\n' + expires).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
