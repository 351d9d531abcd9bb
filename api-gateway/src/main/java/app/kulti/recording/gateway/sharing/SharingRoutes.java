package app.kulti.recording.gateway.sharing;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.gateway.access.Caller;
import app.kulti.recording.gateway.failure.FailsWith;
import app.kulti.recording.gateway.failure.ProblemType;
import app.kulti.recording.gateway.playback.PlaybackRoutes;
import app.kulti.recording.gateway.sharing.Shares.Share;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Share links, for their host; and the film, for whoever has one. */
@RestController
@Tag(name = "Share links")
public final class SharingRoutes {
    private static final int USUAL_HOURS = 7 * 24;
    private static final int MOST_HOURS = 90 * 24;

    private final Sharing sharing;
    private final InstantSource clock;

    public SharingRoutes(Sharing sharing, InstantSource clock) {
        this.sharing = sharing;
        this.clock = clock;
    }

    /** Makes a link that plays the recording without a login; its token is told once, now. */
    @Operation(operationId = "createShare")
    @FailsWith({ProblemType.RECORDING_NOT_FOUND, ProblemType.NOT_HOST})
    @PostMapping(path = "/api/recordings/{id}/shares", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    Mono<NewShare> make(@AuthenticationPrincipal Caller caller, @PathVariable RecordingId id,
            @Valid @RequestBody(required = false) @Nullable ShareRequest request) {
        var hours = request == null || request.expiresInHours() == null ? USUAL_HOURS : request.expiresInHours();
        return sharing.make(caller, id, Duration.ofHours(hours))
                .map(made -> new NewShare(shown(made.share()), URI.create(made.token().path())));
    }

    /** The links to a recording of a session that the caller hosts. */
    @Operation(operationId = "listShares")
    @FailsWith({ProblemType.RECORDING_NOT_FOUND, ProblemType.NOT_HOST})
    @GetMapping("/api/recordings/{id}/shares")
    Mono<ShareList> list(@AuthenticationPrincipal Caller caller, @PathVariable RecordingId id) {
        return sharing.of(caller, id)
                .map(shares -> new ShareList(shares.stream().map(this::shown).toList()));
    }

    /** Revokes a link: it opens nothing from now on. */
    @Operation(operationId = "revokeShare")
    @FailsWith({ProblemType.RECORDING_NOT_FOUND, ProblemType.NOT_HOST, ProblemType.SHARE_NOT_FOUND})
    @DeleteMapping("/api/recordings/{id}/shares/{shareId}")
    Mono<Revoked> revoke(@AuthenticationPrincipal Caller caller, @PathVariable RecordingId id,
            @PathVariable ShareId shareId) {
        return sharing.revoke(caller, id, shareId).map(_ -> new Revoked(true));
    }

    /** A redirect for players; title, length and link as JSON for programs, which say so by naming that type. */
    @Operation(operationId = "openShare")
    @ApiResponse(responseCode = "200", description = "The link, for programs.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "302", description = "To a signed link that plays it.", headers = @Header(name = "Location", required = true, schema = @Schema(type = "string", format = "uri")), content = @Content)
    @FailsWith({ProblemType.SHARE_NOT_FOUND, ProblemType.NOT_PLAYABLE_YET, ProblemType.NOT_PLAYABLE,
            ProblemType.HMS_REFUSED, ProblemType.HMS_UNAVAILABLE, ProblemType.NO_OUTCOME_YET})
    @GetMapping("/share/{token}")
    Mono<ResponseEntity<SharedFilm>> open(@PathVariable String token,
            @RequestParam(name = "download", defaultValue = "false") boolean download,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers) {
        return sharing.open(token, download)
                .map(film -> PlaybackRoutes.isForPrograms(headers) ? json(film) : redirect(film));
    }

    private static ResponseEntity<SharedFilm> json(Sharing.Film film) {
        var opened = film.opened();
        return unlisted(HttpStatus.OK).contentType(MediaType.APPLICATION_JSON).body(new SharedFilm(
                opened.recording().title(), opened.seconds(), film.link().url().uri(), film.link().expiresAt()));
    }

    private static ResponseEntity<SharedFilm> redirect(Sharing.Film film) {
        return unlisted(HttpStatus.FOUND).location(film.link().url().uri()).build();
    }

    /** Somebody may publish a link; no search engine needs to know it. */
    private static ResponseEntity.BodyBuilder unlisted(HttpStatus status) {
        return ResponseEntity.status(status).header("X-Robots-Tag", "noindex, nofollow");
    }

    private ShareView shown(Share share) {
        var state = share.revokedAt() != null
                ? ShareState.REVOKED
                : share.expiresAt().isAfter(clock.instant()) ? ShareState.VALID : ShareState.EXPIRED;
        return new ShareView(share.id(), state, share.createdAt(), share.expiresAt(), share.revokedAt(),
                share.openedCount(), share.lastOpenedAt());
    }

    /**
     * How long the link is to last.
     *
     * @param expiresInHours a week, when it is not said; 90 days at most
     */
    record ShareRequest(
            @Nullable @Min(value = 1, message = "has to be from 1 to 2160") @Max(value = MOST_HOURS, message = "has to be from 1 to 2160") Integer expiresInHours) {}

    /** Whether it opens anything. */
    enum ShareState {
        @JsonProperty("valid")
        VALID,

        @JsonProperty("expired")
        EXPIRED,

        @JsonProperty("revoked")
        REVOKED
    }

    /** A link, without its token: that is told once, when it is made. */
    record ShareView(ShareId id, ShareState state, Instant createdAt, Instant expiresAt, @Nullable Instant revokedAt,
            long openedCount, @Nullable Instant lastOpenedAt) {}

    /**
     * A new link.
     *
     * @param url where it opens the recording, seen from this service's root; told only now, for just its hash is stored
     */
    record NewShare(ShareView share, @Schema(format = "uri-reference") URI url) {}

    /** All of a recording, the newest first. */
    record ShareList(List<ShareView> shares) {}

    /** It opens nothing any more. */
    record Revoked(boolean success) {}

    /**
     * All that a link shows of a recording.
     *
     * @param title     the session's
     * @param duration  seconds; absent as long as it is not known
     * @param url       plays the film
     * @param expiresAt when {@code url} stops working; absent when that is not known
     */
    record SharedFilm(@Nullable String title, @Nullable Integer duration, URI url, @Nullable Instant expiresAt) {}
}
