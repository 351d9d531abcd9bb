package app.kulti.recording.events;

import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What has happened to a recording, and its whole state since then. */
public sealed interface RecordingEvent {
    /** Absent only in the answer to a command that met no recording. */
    @Nullable
    RecordingState state();

    /** The recording id, else, for an answer without a recording, the session id. */
    String key();

    /** Says something about one recording, which therefore has a state. */
    sealed interface OfRecording extends RecordingEvent {
        @Override
        RecordingState state();

        @Override
        default String key() {
            return state().recordingId().toString();
        }
    }

    /** It records. */
    @JsonTypeName("kulti.recording.started.v1")
    record Started(RecordingState state) implements OfRecording {}

    /** It records no more; 100ms works on the file. */
    @JsonTypeName("kulti.recording.stopped.v1")
    record Stopped(RecordingState state) implements OfRecording {}

    /** Its file is there. */
    @JsonTypeName("kulti.recording.completed.v1")
    record Completed(RecordingState state) implements OfRecording {}

    /** There will be no file, as far as 100ms says. */
    @JsonTypeName("kulti.recording.failed.v1")
    record Failed(RecordingState state) implements OfRecording {}

    /** Something else about it is new: its source, its copy, whether it is kept. */
    @JsonTypeName("kulti.recording.changed.v1")
    record Changed(RecordingState state) implements OfRecording {}

    /** Nothing is new: the state is said once more, for those who missed it or did not act on it. */
    @JsonTypeName("kulti.recording.announced.v1")
    record Announced(RecordingState state) implements OfRecording {}

    /** It will be stopped at {@code stopsAt}, having reached its maximum duration. */
    @JsonTypeName("kulti.recording.limit-nears.v1")
    record LimitNears(RecordingState state, Instant stopsAt) implements OfRecording {}

    /** It will be deleted at {@code expiresAt}, unless it is kept. */
    @JsonTypeName("kulti.recording.expiry-nears.v1")
    record ExpiryNears(RecordingState state, Instant expiresAt) implements OfRecording {}

    /** The row is gone, and the state is a tombstone's. */
    @JsonTypeName("kulti.recording.deleted.v1")
    record Deleted(RecordingState state) implements OfRecording {}

    /**
     * What became of a command. Shown in no live view.
     *
     * @param recordingId the recording that the command was about; a stop that met none has none
     * @param state       the recording's state at that time, where there is one
     */
    @JsonTypeName("kulti.recording.command-answered.v1")
    record CommandAnswered(CommandId commandId, SessionId sessionId, @Nullable RecordingId recordingId, Answer answer,
            @Nullable RecordingState state) implements RecordingEvent {
        @Override
        public String key() {
            return recordingId == null ? sessionId.toString() : recordingId.toString();
        }
    }

    /** Yes or no. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    sealed interface Answer {
        @JsonTypeName("done")
        record Done() implements Answer {}

        /**
         * No.
         *
         * @param reason what it failed on
         * @param detail one sentence for the caller, without ids of others, tokens or URLs
         */
        @JsonTypeName("refused")
        record Refused(Refusal reason, String detail) implements Answer {}
    }

    /** Why a command was not carried out. */
    enum Refusal {
        @JsonProperty("sessionNotFound")
        SESSION_NOT_FOUND(true),

        @JsonProperty("notHost")
        NOT_HOST(true),

        /** The session has no room. */
        @JsonProperty("roomMissing")
        ROOM_MISSING(true),

        /** The session's room is another one. */
        @JsonProperty("roomDiffers")
        ROOM_DIFFERS(true),

        @JsonProperty("alreadyRecording")
        ALREADY_RECORDING(true),

        /** There is nothing to stop. */
        @JsonProperty("nothingActive")
        NOTHING_ACTIVE(true),

        @JsonProperty("recordingNotFound")
        RECORDING_NOT_FOUND(true),

        /** What still records cannot be deleted. */
        @JsonProperty("stillRecording")
        STILL_RECORDING(true),

        /** 100ms said no: its configuration, not its availability. */
        @JsonProperty("hmsRefused")
        HMS_REFUSED(true),

        /** The deadline had passed before 100ms was asked. */
        @JsonProperty("tooLate")
        TOO_LATE(false),

        /** 100ms could not be asked, or gave no usable answer, by the deadline. */
        @JsonProperty("hmsUnavailable")
        HMS_UNAVAILABLE(false);

        private final boolean isFinal;

        Refusal(boolean isFinal) {
            this.isFinal = isFinal;
        }

        /** Whether the same command, coming again, gets the same answer; otherwise it was the answer to one attempt. */
        public boolean isFinal() {
            return isFinal;
        }
    }
}
