package app.kulti.recording.events;

import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.events.ids.UserId;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;

/** What a user wants done. Its answer is a {@link RecordingEvent.CommandAnswered} with the same command id. */
public sealed interface RecordingCommand {
    CommandId commandId();

    SessionId sessionId();

    /** The user who asks; the processor judges again whether they may. */
    UserId by();

    Instant issuedAt();

    /**
     * Record the session's room, as {@code recordingId}.
     *
     * @param deadline past it nobody waits for a start any more, and 100ms is not called
     */
    @JsonTypeName("kulti.command.start.v1")
    record Start(CommandId commandId, SessionId sessionId, UserId by, Instant issuedAt, RecordingId recordingId,
            RoomId roomId, Instant deadline) implements RecordingCommand {}

    /** Stop what the session records. It touches only what began before {@code issuedAt}, and has no deadline. */
    @JsonTypeName("kulti.command.stop.v1")
    record Stop(CommandId commandId, SessionId sessionId, UserId by, Instant issuedAt) implements RecordingCommand {}

    /** Delete the recording, its row and its copy. */
    @JsonTypeName("kulti.command.delete.v1")
    record Delete(CommandId commandId, SessionId sessionId, UserId by, Instant issuedAt, RecordingId recordingId)
            implements
                RecordingCommand {}

    /** Exempt the recording from retention, or make it subject to it again. */
    @JsonTypeName("kulti.command.keep.v1")
    record Keep(CommandId commandId, SessionId sessionId, UserId by, Instant issuedAt, RecordingId recordingId,
            boolean kept) implements RecordingCommand {}

    /** Ask 100ms for a URL that works: somebody wants to play a recording that has no copy yet. */
    @JsonTypeName("kulti.command.refresh-source.v1")
    record RefreshSource(CommandId commandId, SessionId sessionId, UserId by, Instant issuedAt,
            RecordingId recordingId) implements RecordingCommand {}
}
