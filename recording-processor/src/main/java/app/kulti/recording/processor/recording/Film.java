package app.kulti.recording.processor.recording;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A finished file, as whoever reported it knew it.
 *
 * @param address         its URL without the query
 * @param size            declared bytes
 * @param durationSeconds length
 * @param resolution      {@code 1280x720}
 * @param format          {@code mp4}
 * @param startedAt       when what it shows began
 * @param stoppedAt       when it ended
 */
public record Film(@Nullable String assetId, @Nullable String path, @Nullable String address, @Nullable Long size,
        @Nullable Long durationSeconds, @Nullable String resolution, @Nullable String format,
        @Nullable Instant startedAt, @Nullable Instant stoppedAt) {}
