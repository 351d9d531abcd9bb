package app.kulti.recording.events;

import app.kulti.recording.events.ids.RecordingId;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/** What the mirror has done, or could not do, about the state that asked for it. */
public sealed interface MirrorReport {
    RecordingId recordingId();

    /** Revision of the state that the mirror acted on. */
    long revision();

    /**
     * A copy is under way; said at its start and every 30 s.
     *
     * @param bytes copied so far
     * @param total declared bytes; absent when the source does not say
     */
    @JsonTypeName("kulti.mirror.copying.v1")
    record Copying(RecordingId recordingId, long revision, String sourceIdentity, long bytes, @Nullable Long total)
            implements
                MirrorReport {}

    /**
     * The object equals its source.
     *
     * @param crc32c CRC-32C of the whole file, eight hex digits; absent when a finished object was only found again
     */
    @JsonTypeName("kulti.mirror.verified.v1")
    record Verified(RecordingId recordingId, long revision, String sourceIdentity, String objectKey, long size,
            @Nullable String crc32c) implements MirrorReport {}

    /**
     * The source is no film that could be kept; it is not tried again until 100ms names another asset or size.
     *
     * @param size declared bytes of the source as the state had it; absent when it declared none
     */
    @JsonTypeName("kulti.mirror.refused.v1")
    record Refused(RecordingId recordingId, long revision, String sourceIdentity, RefusedBecause reason, String detail,
            @Nullable Long size) implements MirrorReport {

        /** A refusal of a source whose size is not known. */
        public Refused(RecordingId recordingId, long revision, String sourceIdentity, RefusedBecause reason,
                String detail) {
            this(recordingId, revision, sourceIdentity, reason, detail, null);
        }
    }

    /** Not possible at the moment; the processor announces the state again later. */
    @JsonTypeName("kulti.mirror.not-now.v1")
    record NotNow(RecordingId recordingId, long revision, String sourceIdentity, String cause)
            implements
                MirrorReport {}

    /** The URL no longer lets us in (401, 403, 410, or 400 {@code ExpiredToken}): a new one is needed. */
    @JsonTypeName("kulti.mirror.source-expired.v1")
    record SourceExpired(RecordingId recordingId, long revision, String sourceIdentity) implements MirrorReport {}

    /** Object, plan and unfinished uploads of the recording are gone. */
    @JsonTypeName("kulti.mirror.removed.v1")
    record Removed(RecordingId recordingId, long revision) implements MirrorReport {}

    /** Why a source was refused. */
    enum RefusedBecause {
        /** Its first box is not {@code ftyp}, or its boxes do not add up. */
        @JsonProperty("notMp4")
        NOT_MP4,

        /** A page instead of a film. */
        @JsonProperty("html")
        HTML,

        @JsonProperty("empty")
        EMPTY,

        /** It ended before its declared size. */
        @JsonProperty("cutShort")
        CUT_SHORT,

        /** It has more bytes than 100ms declared. */
        @JsonProperty("sizeDiffers")
        SIZE_DIFFERS,

        /** There is no {@code moov} box: no player can open it. */
        @JsonProperty("noMoov")
        NO_MOOV,

        /** Larger than what the mirror or the bucket takes. */
        @JsonProperty("tooLarge")
        TOO_LARGE,

        /** Its address is not one that the mirror may read from. */
        @JsonProperty("addressNotAllowed")
        ADDRESS_NOT_ALLOWED
    }
}
