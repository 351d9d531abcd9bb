package app.kulti.recording.processor.advance;

import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.events.ids.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A start from its command until it is known what became of it.
 *
 * @param deadline  100ms is not asked to start after it
 * @param attempts  how often somebody took it up
 * @param calledAt  when that was last
 * @param stop      who wants what it starts stopped, before it was known to have started
 * @param dueAt     when the schedule takes it up
 * @param settledAt when it was known
 * @param outcome   what became of it
 * @param trace     W3C trace context: what the click has led to, and its recording's events go on from
 */
public record Start(RecordingId recording, CommandId command, SessionId session, RoomId room, UserId startedBy,
        Instant issuedAt, Instant deadline, int attempts, @Nullable Instant calledAt, @Nullable StopOrder stop,
        @Nullable Instant dueAt, @Nullable Instant settledAt, @Nullable String outcome, @Nullable String trace) {

    /** The outcome of a start that nobody saw again. */
    public static final String GIVEN_UP = "failed";

    /** A stop that was asked for. */
    public record StopOrder(Instant at, CommandId command) {}

    static Start of(RecordingCommand.Start command, Instant now, Instant dueAt, @Nullable String trace) {
        return new Start(command.recordingId(), command.commandId(), command.sessionId(), command.roomId(),
                command.by(), command.issuedAt(), command.deadline(), 1, now, null, dueAt, null, null, trace);
    }

    boolean isSettled() {
        return settledAt != null;
    }

    /** Whether something that begins may still be what it asked for. */
    boolean isOpen() {
        return !isSettled() || GIVEN_UP.equals(outcome);
    }

    /** The same command has come again, with more time. A stop of what had been given up was answered then. */
    Start again(Instant laterDeadline, Instant now, Instant nextDueAt) {
        return new Start(recording, command, session, room, startedBy, issuedAt, laterDeadline, attempts + 1, now,
                isSettled() ? null : stop, nextDueAt, null, null, trace);
    }

    Start stopWanted(StopOrder order) {
        return new Start(recording, command, session, room, startedBy, issuedAt, deadline, attempts, calledAt, order,
                dueAt, settledAt, outcome, trace);
    }

    /** 100ms does not answer, and whoever waited was told so; it goes on being looked for. */
    Start unavailable(Instant lookedForAt) {
        return new Start(recording, command, session, room, startedBy, issuedAt, deadline, attempts, calledAt, stop,
                lookedForAt, null, "unavailable", trace);
    }

    Start settled(Instant at, String as) {
        return new Start(recording, command, session, room, startedBy, issuedAt, deadline, attempts, calledAt, stop,
                null, at, as, trace);
    }
}
