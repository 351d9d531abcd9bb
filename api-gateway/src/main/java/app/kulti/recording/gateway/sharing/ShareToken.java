package app.kulti.recording.gateway.sharing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * 256 random bits that open a recording. Only their hash is stored: who reads the database cannot open anything. They are too
 * many to be guessed, so a plain hash does.
 */
final class ShareToken {
    /** Base64url of 32 bytes without padding. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final String text;

    private ShareToken(String text) {
        this.text = text;
    }

    static ShareToken random(Supplier<byte[]> randomBytes) {
        return new ShareToken(Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes.get()));
    }

    /** Empty for what cannot be one. */
    static Optional<ShareToken> of(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new ShareToken(text)) : Optional.empty();
    }

    /** Where it opens the recording, seen from this service's root. */
    String path() {
        return "/share/" + text;
    }

    /** SHA-256. */
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "ShareToken";
    }
}
