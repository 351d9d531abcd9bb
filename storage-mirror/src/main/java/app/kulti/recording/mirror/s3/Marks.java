package app.kulti.recording.mirror.s3;

import app.kulti.recording.events.ids.RecordingId;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands in an object's user metadata: whose copy it is and what of. Headers carry plain ASCII, paths need not be.
 */
final class Marks {
    private static final String RECORDING = "recording-id";
    private static final String SOURCE = "source-identity";

    private Marks() {}

    static Map<String, String> of(RecordingId recordingId, String sourceIdentity) {
        return Map.of(RECORDING, recordingId.toString(), SOURCE,
                URLEncoder.encode(sourceIdentity, StandardCharsets.UTF_8));
    }

    static @Nullable String recordingId(Map<String, String> metadata) {
        return metadata.get(RECORDING);
    }

    static @Nullable String sourceIdentity(Map<String, String> metadata) {
        var encoded = metadata.get(SOURCE);
        try {
            return encoded == null ? null : URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            // Somebody else's object: it names no source of ours.
            return null;
        }
    }
}
