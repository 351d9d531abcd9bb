package app.kulti.recording.gateway.playback;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.gateway.access.Caller;
import app.kulti.recording.gateway.failure.FailsWith;
import app.kulti.recording.gateway.failure.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The film itself, one step away. */
@RestController
@Tag(name = "Playback")
public final class PlaybackRoutes {
    private final Playback playback;

    public PlaybackRoutes(Playback playback) {
        this.playback = playback;
    }

    /** A redirect for players; the link as JSON for programs, which say so by naming that type. */
    @Operation(operationId = "playRecording", summary = "Plays a recording: a redirect for players, the link as JSON for programs, which name that type.")
    @ApiResponse(responseCode = "200", description = "The link, for programs.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "302", description = "To a signed link that plays it.", headers = @Header(name = "Location", required = true, schema = @Schema(type = "string", format = "uri")), content = @Content)
    @FailsWith({ProblemType.RECORDING_NOT_FOUND, ProblemType.NOT_PLAYABLE_YET, ProblemType.NOT_PLAYABLE,
            ProblemType.HMS_REFUSED, ProblemType.HMS_UNAVAILABLE, ProblemType.NO_OUTCOME_YET})
    @GetMapping("/api/recordings/{id}/playback")
    Mono<ResponseEntity<Answer>> playback(@AuthenticationPrincipal Caller caller, @PathVariable RecordingId id,
            @RequestParam(name = "download", defaultValue = "false") boolean download,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers) {
        return playback.link(caller, id, download)
                .map(link -> isForPrograms(headers) ? json(link) : redirect(link));
    }

    /** Whether JSON is asked for by name: players accept anything. */
    public static boolean isForPrograms(HttpHeaders request) {
        return request.getAccept().stream().anyMatch(MediaType.APPLICATION_JSON::equalsTypeAndSubtype);
    }

    private static ResponseEntity<Answer> json(PlayLink link) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON)
                .body(new Answer(link.url().uri(), link.expiresAt()));
    }

    private static ResponseEntity<Answer> redirect(PlayLink link) {
        return ResponseEntity.status(HttpStatus.FOUND).location(link.url().uri()).build();
    }

    /** Where to play it, and for how long. */
    record Answer(URI url, @Nullable Instant expiresAt) {}
}
