package app.kulti.recording.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A copy that was proved equal to its source.
 *
 * @param objectKey      {@code {session_id}/{recording_id}.mp4} in the bucket
 * @param sourceIdentity {@link RecordingSource#identity()} of the file that was copied
 * @param size           bytes
 * @param crc32c         CRC-32C of the whole file, eight hex digits; absent when a finished object was only found again
 * @param verifiedAt     when the mirror had proved it
 */
public record RecordingCopy(String objectKey, String sourceIdentity, long size, @Nullable String crc32c,
        Instant verifiedAt) {}
