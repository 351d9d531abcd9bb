package app.kulti.recording.processor.advance;

import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.RecordingEvent.Refusal;
import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.infra.messaging.BatchHandler;
import app.kulti.recording.infra.messaging.Received;
import app.kulti.recording.processor.advance.Note.Decision;
import app.kulti.recording.processor.recording.Evidence;
import app.kulti.recording.processor.recording.Recording;
import app.kulti.recording.processor.recording.Stamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What users want. Whether they may is judged here again, on what is stored now. */
public final class ApplyCommands implements BatchHandler<RecordingCommand> {
    private final Advance advance;
    private final Duplicates duplicates;

    /** Takes what does the rest. */
    public ApplyCommands(Advance advance, Duplicates duplicates) {
        this.advance = advance;
        this.duplicates = duplicates;
    }

    @Override
    public void handle(List<Received<RecordingCommand>> batch) {
        var scope = Scope.empty();
        for (var received : batch) {
            scope.event(received.envelope().id()).session(received.message().sessionId());
            var recording = recordingOf(received.message());
            if (recording != null) {
                scope.recording(recording);
            }
        }
        advance.apply(scope, draft -> batch.forEach(received -> apply(draft, received)));
    }

    private static @Nullable RecordingId recordingOf(RecordingCommand command) {
        return switch (command) {
            case RecordingCommand.Start start -> start.recordingId();
            case RecordingCommand.Stop _ -> null;
            case RecordingCommand.Delete delete -> delete.recordingId();
            case RecordingCommand.Keep keep -> keep.recordingId();
            case RecordingCommand.RefreshSource refresh -> refresh.recordingId();
        };
    }

    private void apply(Draft draft, Received<RecordingCommand> received) {
        var cause = Cause.of(received);
        var command = received.message();
        // Counted, and the state said again after a crash; but a command whose outcome is still to come is judged once more.
        var _ = duplicates.isOne(draft, cause);
        var earlier = draft.history().answered(cause.event()).orElse(null);
        var outcome = earlier == null ? null : earlier.outcome();
        if (earlier != null && outcome != null) {
            Answers.again(draft, cause, command.commandId(), earlier.recording(), outcome);
            return;
        }
        switch (command) {
            case RecordingCommand.Start start -> StartRecording.judge(draft, cause, start);
            case RecordingCommand.Stop stop -> StopRecording.judge(draft, cause, stop);
            case RecordingCommand.Delete delete -> delete(draft, cause, delete);
            case RecordingCommand.Keep keep -> keep(draft, cause, keep);
            case RecordingCommand.RefreshSource refresh -> refresh(draft, cause, refresh);
        }
    }

    /** Whether {@code command} comes from the session's host; says no when it does not. */
    static boolean isFromHost(Draft draft, Cause cause, RecordingCommand command) {
        var session = draft.sessions().get(command.sessionId());
        if (session == null) {
            Answers.refuse(draft, cause, command, Refusal.SESSION_NOT_FOUND, "there is no such session");
            return false;
        }
        if (!session.host().equals(command.by())) {
            Answers.refuse(draft, cause, command, Refusal.NOT_HOST, "only the session's host may do this");
            return false;
        }
        return true;
    }

    private static @Nullable Recording recordingIn(Draft draft, Cause cause, RecordingCommand command,
            RecordingId id) {
        var recording = draft.recording(id);
        if (recording == null || !recording.session().equals(command.sessionId())) {
            Answers.refuse(draft, cause, command, Refusal.RECORDING_NOT_FOUND,
                    "there is no such recording in this session");
            return null;
        }
        return recording;
    }

    private static void delete(Draft draft, Cause cause, RecordingCommand.Delete command) {
        if (!isFromHost(draft, cause, command)) {
            return;
        }
        var recording = recordingIn(draft, cause, command, command.recordingId());
        if (recording == null) {
            return;
        }
        if (recording.status() == RecordingStatus.RECORDING) {
            Answers.refuse(draft, cause, command, Refusal.STILL_RECORDING,
                    "it still records; stop it first");
            return;
        }
        draft.history().note(cause, recording.id(), Decision.APPLIED, null, null);
        draft.delete(cause, recording, command.by().toString());
        Answers.settle(draft, cause, command.commandId(), command.sessionId(), recording.id(), new Answer.Done());
    }

    private static void keep(Draft draft, Cause cause, RecordingCommand.Keep command) {
        if (!isFromHost(draft, cause, command)) {
            return;
        }
        var recording = recordingIn(draft, cause, command, command.recordingId());
        if (recording != null) {
            draft.advance(cause, recording,
                    List.of(new Evidence.Kept(new Stamp(command.issuedAt(), cause.event()), command.kept())));
            Answers.settle(draft, cause, command.commandId(), command.sessionId(), recording.id(), new Answer.Done());
        }
    }

    /** Whoever may see a recording may ask for this; the gateway has judged that, as the user. */
    private static void refresh(Draft draft, Cause cause, RecordingCommand.RefreshSource command) {
        var recording = recordingIn(draft, cause, command, command.recordingId());
        if (recording == null) {
            return;
        }
        if (recording.source() == null) {
            Answers.refuse(draft, cause, command, Refusal.HMS_REFUSED, "100ms has no file of it yet");
            return;
        }
        draft.history().note(cause, recording.id(), Decision.APPLIED, null, null);
        draft.outgoing().call(cause, HmsCall.ToRenew.of(recording, command.commandId(), cause.event().toString()));
    }
}
