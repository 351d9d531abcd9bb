package app.kulti.recording.events;

import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a look at 100ms or at the clock has found. Evidence, not an order: it is judged against the clock and the state when it
 * is applied.
 */
public sealed interface RecordingFinding {
    RecordingId recordingId();

    /** 100ms's answer to the start of {@code recordingId}. */
    @JsonTypeName("kulti.finding.start-answered.v1")
    record StartAnswered(RecordingId recordingId, SessionId sessionId, RoomId roomId, CommandId commandId, int attempt,
            HmsAnswer answer) implements RecordingFinding {}

    /**
     * 100ms's answer to a stop.
     *
     * @param commandId the stop that asked for it; absent when the maximum duration did
     */
    @JsonTypeName("kulti.finding.stop-answered.v1")
    record StopAnswered(RecordingId recordingId, @Nullable CommandId commandId, int attempt, HmsAnswer answer)
            implements
                RecordingFinding {}

    /** What 100ms shows of the recording; {@link HmsAnswer.NotFound} when it shows nothing. */
    @JsonTypeName("kulti.finding.looked.v1")
    record Looked(RecordingId recordingId, HmsAnswer answer) implements RecordingFinding {}

    /**
     * 100ms minted a fresh URL for {@code assetId}.
     *
     * @param path where the file lies in 100ms's storage, by which a file is known whose webhook named no asset
     */
    @JsonTypeName("kulti.finding.source-renewed.v1")
    record SourceRenewed(RecordingId recordingId, String assetId, @Nullable String path, SignedUrl url,
            Instant urlExpiresAt, @Nullable CommandId commandId) implements RecordingFinding {}

    /** 100ms has no URL to give: {@link HmsAnswer.NotFound} for an asset that is gone. */
    @JsonTypeName("kulti.finding.source-not-renewed.v1")
    record SourceNotRenewed(RecordingId recordingId, HmsAnswer answer, @Nullable CommandId commandId)
            implements
                RecordingFinding {}

    /** It will have lasted as long as it may at {@code limitAt}; its host is to be told. */
    @JsonTypeName("kulti.finding.limit-nears.v1")
    record LimitNears(RecordingId recordingId, Instant limitAt) implements RecordingFinding {}

    /** It has lasted as long as it may, and is to be stopped. */
    @JsonTypeName("kulti.finding.limit-reached.v1")
    record LimitReached(RecordingId recordingId, Instant limitAt) implements RecordingFinding {}

    /** A start has had no answer since {@code dueAt}, and nothing at 100ms explains it. */
    @JsonTypeName("kulti.finding.start-overdue.v1")
    record StartOverdue(RecordingId recordingId, Instant dueAt) implements RecordingFinding {}

    /** The mirror has not said for too long what became of a copy or a removal: its state is to be announced again. */
    @JsonTypeName("kulti.finding.mirror-overdue.v1")
    record MirrorOverdue(RecordingId recordingId, Instant dueAt) implements RecordingFinding {}

    /** It will be deleted at {@code expiresAt}; its host is to be told. */
    @JsonTypeName("kulti.finding.expiry-nears.v1")
    record ExpiryNears(RecordingId recordingId, Instant expiresAt) implements RecordingFinding {}

    /** It is past its retention. */
    @JsonTypeName("kulti.finding.expired.v1")
    record Expired(RecordingId recordingId, Instant expiredAt) implements RecordingFinding {}

    /** The row is the app's own, from before this system: from now on it is followed like any other. */
    @JsonTypeName("kulti.finding.taken-over.v1")
    record TakenOver(RecordingId recordingId) implements RecordingFinding {}

    /** The row is gone, whoever deleted it: the tombstone is to be announced. */
    @JsonTypeName("kulti.finding.row-deleted.v1")
    record RowDeleted(RecordingId recordingId, Instant deletedAt) implements RecordingFinding {}

    /** What a call to 100ms came to. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    sealed interface HmsAnswer {
        /** 100ms shows this recording. */
        @JsonTypeName("recording")
        record Found(HmsRecording recording) implements HmsAnswer {}

        /** 404: there is no such recording, or nothing runs in the room. */
        @JsonTypeName("notFound")
        record NotFound() implements HmsAnswer {}

        /** 409: another recording already runs in the room; {@code recording} is that one, where it could be looked up. */
        @JsonTypeName("conflict")
        record Conflict(@Nullable HmsRecording recording) implements HmsAnswer {}

        /**
         * It said no, and will say no again.
         *
         * @param status HTTP status
         * @param detail 100ms's message, without tokens or URLs
         */
        @JsonTypeName("refused")
        record Refused(int status, String detail) implements HmsAnswer {}

        /**
         * No usable answer in the time there was. Whether it acted is not known.
         *
         * @param cause short and without tokens or URLs
         */
        @JsonTypeName("unavailable")
        record Unavailable(String cause) implements HmsAnswer {}
    }
}
