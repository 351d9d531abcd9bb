package app.kulti.recording.gateway.query;

import app.kulti.recording.events.RecordingStatus;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.gateway.access.Caller;
import app.kulti.recording.gateway.failure.FailsWith;
import app.kulti.recording.gateway.failure.Problem;
import app.kulti.recording.gateway.failure.ProblemType;
import app.kulti.recording.gateway.query.Recordings.Wanted;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** List, active, one. */
@RestController
@Tag(name = "Recordings")
public final class QueryRoutes {
    private final Recordings recordings;
    private final RecordingAnswers answers;
    private final RetentionSettings retention;
    private final InstantSource clock;

    public QueryRoutes(Recordings recordings, RecordingAnswers answers, RetentionSettings retention,
            InstantSource clock) {
        this.recordings = recordings;
        this.answers = answers;
        this.retention = retention;
        this.clock = clock;
    }

    /** Recordings of the sessions that the caller hosts or takes part in, the newest first. */
    @Operation(operationId = "listRecordings")
    @GetMapping("/api/recordings/list")
    Mono<RecordingAnswers.Listed> list(@AuthenticationPrincipal Caller caller,
            @RequestParam(name = "limit", defaultValue = "20") @Min(value = 1, message = "has to be from 1 to 100") @Max(value = 100, message = "has to be from 1 to 100") int limit,
            @RequestParam(name = "offset", defaultValue = "0") @Min(value = 0, message = "must not be negative") long offset,
            @RequestParam(name = "status", required = false) @Nullable @Pattern(regexp = "recording|processing|completed|failed", message = "has to be one of recording, processing, completed, failed") String status,
            @RequestParam(name = "sessionId", required = false) @Nullable SessionId sessionId,
            @RequestParam(name = "expiring", defaultValue = "false") boolean expiring) {
        var wanted = new Wanted(limit, offset,
                status == null ? null : RecordingStatus.valueOf(status.toUpperCase(Locale.ROOT)), sessionId,
                expiring ? retention.expiring(clock.instant()) : null);
        return recordings.list(caller, wanted).map(page -> listed(wanted, page));
    }

    private RecordingAnswers.Listed listed(Wanted wanted, Recordings.Page page) {
        return new RecordingAnswers.Listed(page.recordings().stream().map(answers::shown).toList(),
                new RecordingAnswers.Pagination(wanted.limit(), wanted.offset(), page.total(),
                        wanted.offset() + page.recordings().size() < page.total()));
    }

    /** What a session records right now; null when it records nothing, or not for this caller. */
    @Operation(operationId = "getActiveRecording")
    @GetMapping("/api/recordings/active")
    Mono<RecordingAnswers.One> active(@AuthenticationPrincipal Caller caller,
            @RequestParam(name = "sessionId") SessionId sessionId) {
        return recordings.active(caller, sessionId)
                .map(recording -> new RecordingAnswers.One(answers.shown(recording)))
                .defaultIfEmpty(new RecordingAnswers.One(null));
    }

    /** One recording of a session that the caller hosts or takes part in. */
    @Operation(operationId = "getRecording")
    @FailsWith(ProblemType.RECORDING_NOT_FOUND)
    @GetMapping("/api/recordings/{id}")
    Mono<RecordingAnswers.One> one(@AuthenticationPrincipal Caller caller, @PathVariable RecordingId id) {
        return recordings.byId(caller, id)
                .switchIfEmpty(Mono.error(Problem::noSuchRecording))
                .map(recording -> new RecordingAnswers.One(answers.shown(recording)));
    }
}
