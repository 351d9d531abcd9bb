package app.kulti.recording.processor.hms;

import app.kulti.recording.events.ids.RoomId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How to reach 100ms, and how a room is to be recorded. Each is also an environment variable, as in
 * {@code KULTI_HMS_BASEURL}.
 *
 * @param baseUrl       where the API begins, with its version
 * @param accessKey     the app access key of the dashboard's developer section
 * @param appSecret     the app secret beside it, which signs the management tokens
 * @param meetingUrl    the page that the recording browser opens, with <code>{roomId}</code> where the room's id belongs:
 *                      <code>https://DOMAIN.app.100ms.live/preview/{roomId}/ROLE?skip_preview=true</code>. It may hold a
 *                      token. Without one 100ms takes the page of the room's template, which must then have composite
 *                      recording and a subdomain
 * @param resolution    the size of the film, as in {@code 1280x720}
 * @param transcription whether 100ms is to write down what is said
 */
@ConfigurationProperties("kulti.hms")
record HmsSettings(@DefaultValue("https://api.100ms.live/v2") URI baseUrl, String accessKey, String appSecret,
        @Nullable String meetingUrl, @DefaultValue("1280x720") Resolution resolution, boolean transcription) {
    private static final String ROOM_ID = "{roomId}";
    // RFC 7518, 3.2: HS256 needs a key as long as its hash. 100ms's own are longer.
    private static final int SHORTEST_SECRET = 32;

    HmsSettings {
        require(isWeb(baseUrl) && baseUrl.getRawQuery() == null && baseUrl.getRawUserInfo() == null, "base-url",
                "must be an http(s) URL without user or query, as in https://api.100ms.live/v2");
        require(isThere(accessKey), "access-key",
                "is missing: it stands in the developer section of the 100ms dashboard");
        require(isThere(appSecret), "app-secret",
                "is missing: it stands beside the access key in the developer section of the 100ms dashboard");
        require(appSecret.getBytes(StandardCharsets.UTF_8).length >= SHORTEST_SECRET, "app-secret",
                "is cut short: HS256 needs at least 32 bytes");
        meetingUrl = isThere(meetingUrl) ? meetingUrl : null;
        require(meetingUrl == null || isMeetingUrl(meetingUrl), "meeting-url", "must be an http(s) URL with {roomId} in"
                + " it, as in https://DOMAIN.app.100ms.live/preview/{roomId}/ROLE?skip_preview=true");
    }

    /** The page that shows {@code room} to the recording browser; null to let 100ms choose. */
    @Nullable
    String meetingUrlOf(RoomId room) {
        return meetingUrl == null ? null : meetingUrl.replace(ROOM_ID, room.value());
    }

    /** Without the secret, and without the page, which may hold a token. */
    @Override
    public String toString() {
        return "HmsSettings[baseUrl=%s, accessKey=%s, meetingUrl=%s, resolution=%s, transcription=%s]".formatted(
                baseUrl,
                accessKey, meetingUrl == null ? "100ms's own" : "configured", resolution, transcription);
    }

    /** Names the setting in both spellings, and never says its value. */
    private static void require(boolean holds, String name, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("kulti.hms.%s (KULTI_HMS_%s) %s".formatted(name,
                    name.replace("-", "").toUpperCase(Locale.ROOT), otherwise));
        }
    }

    private static boolean isThere(@Nullable String value) {
        return value != null && !value.isBlank();
    }

    private static boolean isMeetingUrl(String template) {
        try {
            return template.contains(ROOM_ID) && isWeb(URI.create(template.replace(ROOM_ID, "5f1c")));
        } catch (IllegalArgumentException _) {
            // Its message repeats the URL.
            return false;
        }
    }

    private static boolean isWeb(@Nullable URI uri) {
        return uri != null && uri.getHost() != null
                && Objects.requireNonNullElse(uri.getScheme(), "").matches("https?");
    }
}
