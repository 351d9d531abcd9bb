package app.kulti.recording.infra.local.hms.beam;

import org.jspecify.annotations.Nullable;

/**
 * What a start asked for.
 *
 * @param meetingUrl  the page that is recorded, with its token; null for the room's own link
 * @param destination as given, or null
 */
public record Ask(@Nullable String meetingUrl, Resolution resolution, @Nullable String destination) {
    /** A start with {@code {}}. */
    public static final Ask PLAIN = new Ask(null, Resolution.HD, null);
}
