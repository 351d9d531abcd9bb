package app.kulti.recording.gateway.command;

import app.kulti.recording.events.RecordingEvent.CommandAnswered;
import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.RoomId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.gateway.access.Caller;
import app.kulti.recording.gateway.failure.FailsWith;
import app.kulti.recording.gateway.failure.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Start, stop, delete, keep. */
@RestController
@Tag(name = "Commands")
public final class CommandRoutes {
    private final StartRecording start;
    private final StopRecording stop;
    private final DeleteRecording delete;
    private final KeepRecording keep;
    private final Supplier<String> newKeys;

    /**
     * The routes.
     *
     * @param newKeys idempotency keys for requests that bring none
     */
    public CommandRoutes(StartRecording start, StopRecording stop, DeleteRecording delete, KeepRecording keep,
            Supplier<String> newKeys) {
        this.start = start;
        this.stop = stop;
        this.delete = delete;
        this.keep = keep;
        this.newKeys = newKeys;
    }

    /** Records a session that the caller hosts; answered once 100ms has said yes. */
    @Operation(operationId = "startRecording")
    @FailsWith({ProblemType.SESSION_NOT_FOUND, ProblemType.NOT_HOST, ProblemType.ROOM_MISSING,
            ProblemType.ROOM_DIFFERS, ProblemType.ALREADY_RECORDING, ProblemType.KEY_USED_OTHERWISE,
            ProblemType.HMS_REFUSED, ProblemType.HMS_UNAVAILABLE, ProblemType.NO_OUTCOME_YET})
    @PostMapping(path = "/api/hms/start-recording", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<Started> start(@AuthenticationPrincipal Caller caller, @Valid @RequestBody StartRequest request,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key) {
        return start.start(caller, request.sessionId(), new RoomId(request.roomId()), keyOf(key))
                .map(Started::of);
    }

    /** Ends what the session records; 100ms then works on the file for a few minutes. */
    @Operation(operationId = "stopRecording")
    @FailsWith({ProblemType.SESSION_NOT_FOUND, ProblemType.NOT_HOST, ProblemType.NOTHING_ACTIVE,
            ProblemType.KEY_USED_OTHERWISE, ProblemType.HMS_REFUSED, ProblemType.HMS_UNAVAILABLE,
            ProblemType.NO_OUTCOME_YET})
    @PostMapping(path = "/api/hms/stop-recording", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<Stopped> stop(@AuthenticationPrincipal Caller caller, @Valid @RequestBody StopRequest request,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key) {
        return stop.stop(caller, request.sessionId(), keyOf(key)).map(Stopped::of);
    }

    /** Deletes a recording of a session that the caller hosts, and its copy. */
    @Operation(operationId = "deleteRecording")
    @FailsWith({ProblemType.RECORDING_NOT_FOUND, ProblemType.NOT_HOST, ProblemType.STILL_RECORDING,
            ProblemType.KEY_USED_OTHERWISE, ProblemType.NO_OUTCOME_YET})
    @DeleteMapping("/api/recordings/{id}")
    Mono<Deleted> delete(@AuthenticationPrincipal Caller caller, @PathVariable RecordingId id,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key) {
        return delete.delete(caller, id, keyOf(key), key != null).map(_ -> new Deleted(true, Deleted.HONEST_LIMIT));
    }

    /** Exempts a recording of a session that the caller hosts from retention. */
    @Operation(operationId = "keepRecording")
    @FailsWith({ProblemType.RECORDING_NOT_FOUND, ProblemType.NOT_HOST, ProblemType.KEY_USED_OTHERWISE,
            ProblemType.NO_OUTCOME_YET})
    @PutMapping("/api/recordings/{id}/keep")
    Mono<Kept> keep(@AuthenticationPrincipal Caller caller, @PathVariable RecordingId id,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key) {
        return keep.keep(caller, id, keyOf(key)).map(_ -> new Kept(true, new KeptRecording(id, true)));
    }

    /** Takes that back: retention deletes the recording when its time has come. */
    @Operation(operationId = "releaseRecording")
    @FailsWith({ProblemType.RECORDING_NOT_FOUND, ProblemType.NOT_HOST, ProblemType.KEY_USED_OTHERWISE,
            ProblemType.NO_OUTCOME_YET})
    @DeleteMapping("/api/recordings/{id}/keep")
    Mono<Kept> release(@AuthenticationPrincipal Caller caller, @PathVariable RecordingId id,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key) {
        return keep.release(caller, id, keyOf(key)).map(_ -> new Kept(true, new KeptRecording(id, false)));
    }

    private IdempotencyKey keyOf(@Nullable String header) {
        return IdempotencyKey.of(header, newKeys);
    }

    /** What to record. */
    record StartRequest(@NotNull(message = "is missing") SessionId sessionId,
            @NotBlank(message = "is missing") @Size(max = 200, message = "is longer than 200 characters") String roomId) {}

    /** Where to stop. */
    record StopRequest(@NotNull(message = "is missing") SessionId sessionId) {}

    /** 100ms has said yes. */
    record Started(boolean success, StartedRecording recording) {
        static Started of(CommandAnswered answered) {
            var state = answered.state();
            return new Started(true, state == null
                    ? new StartedRecording(recordingOf(answered), null, RecordingStatus.RECORDING)
                    : new StartedRecording(state.recordingId(), state.hmsRecordingId(), state.status()));
        }
    }

    /**
     * What records now.
     *
     * @param hmsRecordingId absent only when a start is asked for again whose recording is gone
     */
    record StartedRecording(RecordingId id, @Nullable String hmsRecordingId, RecordingStatus status) {}

    /** 100ms works on the file. */
    record Stopped(boolean success, StoppedRecording recording) {
        static Stopped of(CommandAnswered answered) {
            var state = answered.state();
            return new Stopped(true, state == null
                    ? new StoppedRecording(recordingOf(answered), RecordingStatus.PROCESSING)
                    : new StoppedRecording(state.recordingId(), state.status()));
        }
    }

    /** What records no more. */
    record StoppedRecording(RecordingId id, RecordingStatus status) {}

    /**
     * The row is gone, and the copy goes.
     *
     * @param note what it does not mean
     */
    record Deleted(boolean success, String note) {
        private static final String HONEST_LIMIT = "100ms keeps a copy of its own for up to 15 days; it offers no way to delete it.";
    }

    /** Exempt from retention, or no more. */
    record Kept(boolean success, KeptRecording recording) {}

    /** What was asked for; another request may have said otherwise since. */
    record KeptRecording(RecordingId id, boolean kept) {}

    private static RecordingId recordingOf(CommandAnswered answered) {
        var recording = answered.recordingId();
        if (recording == null) {
            throw new IllegalStateException("the outcome of " + answered.commandId() + " names no recording");
        }
        return recording;
    }
}
