package app.kulti.recording.processor.translation;

import app.kulti.recording.events.SignedUrl;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Until when a presigned URL works, read off its own query: 100ms's webhooks do not say, but the storage behind them does
 * (AWS signature version 4 and Google's V4, whose parameters differ in their prefix only).
 */
final class PresignedExpiry {
    private static final DateTimeFormatter SIGNED_AT = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT);

    private PresignedExpiry() {}

    static @Nullable Instant of(SignedUrl url) {
        var query = parameters(url.uri().getRawQuery());
        var since = query.getOrDefault("x-amz-date", query.get("x-goog-date"));
        var seconds = query.getOrDefault("x-amz-expires", query.get("x-goog-expires"));
        if (since == null || seconds == null) {
            return null;
        }
        try {
            return LocalDateTime.parse(since, SIGNED_AT).toInstant(ZoneOffset.UTC)
                    .plus(Duration.ofSeconds(Long.parseLong(seconds)));
        } catch (DateTimeException | NumberFormatException | ArithmeticException _) {
            return null;
        }
    }

    private static Map<String, String> parameters(@Nullable String query) {
        var parameters = new HashMap<String, String>();
        if (query != null) {
            for (var pair : query.split("&", -1)) {
                var at = pair.indexOf('=');
                if (at > 0) {
                    parameters.put(pair.substring(0, at).toLowerCase(Locale.ROOT), pair.substring(at + 1));
                }
            }
        }
        return parameters;
    }
}
