package app.kulti.recording.processor.postgres;

import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.wire.EventJson;
import app.kulti.recording.processor.recording.MirrorState;
import app.kulti.recording.processor.recording.Recording;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A recording as {@code public.recordings} shows it to the app.
 *
 * @param recordingUrl the object key once there is a verified copy, else the file's URL without its query
 * @param duration     seconds
 */
record RecordingRow(String hmsRecordingId, @Nullable String recordingUrl, @Nullable Integer duration, String status,
        Metadata metadata) {
    private static final JsonMapper JSON = EventJson.mapper().rebuild()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.ALWAYS))
            .build();

    /** The keys that are ours among those of the app; what is absent is taken out. */
    record Metadata(@Nullable Long size, @Nullable String resolution, @Nullable String format,
            @Nullable String storage, @Nullable String crc32c, @JsonProperty("hms_url") @Nullable String hmsUrl,
            @JsonProperty("source_path") @Nullable String sourcePath,
            @JsonProperty("asset_id") @Nullable String assetId, @Nullable String failure, @Nullable Mirror mirror) {

        /** Why there is no copy, and will be none. */
        record Mirror(String state, String reason) {}
    }

    static RecordingRow of(Recording recording) {
        var state = recording.state();
        var source = state.source();
        var duration = source == null ? null : source.durationSeconds();
        return new RecordingRow(state.hmsRecordingId(), recording.address(),
                duration == null ? null : Math.toIntExact(Math.min(duration, Integer.MAX_VALUE)),
                wireName(state.status()), metadata(recording));
    }

    private static Metadata metadata(Recording recording) {
        var state = recording.state();
        var source = state.source();
        var copy = state.copy();
        var refusal = recording.mirror() == MirrorState.REFUSED ? recording.refusal() : null;
        return new Metadata(copy != null ? (Long) copy.size() : source == null ? null : source.size(),
                source == null ? null : source.resolution(), source == null ? null : source.format(),
                copy == null ? null : "supabase", copy == null ? null : copy.crc32c(),
                recording.sourceAddress(), source == null ? null : source.path(),
                source == null ? null : source.assetId(), state.failure(),
                refusal == null ? null : new Metadata.Mirror("refused", JSON.convertValue(refusal, String.class)));
    }

    /** With every key, null where there is nothing. */
    String metadataJson() {
        return JSON.writeValueAsString(metadata);
    }

    static String wireName(RecordingStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
