package app.kulti.recording.gateway.consent;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.gateway.access.Caller;
import app.kulti.recording.gateway.consent.Acknowledgements.Acknowledgement;
import app.kulti.recording.gateway.consent.DeletionRequests.DeletionRequest;
import app.kulti.recording.gateway.consent.DeletionRequests.State;
import app.kulti.recording.gateway.failure.FailsWith;
import app.kulti.recording.gateway.failure.Problem;
import app.kulti.recording.gateway.failure.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Acknowledgements and deletion requests. */
@RestController
@Tag(name = "Consent and wishes")
public final class ConsentRoutes {
    private final Acknowledgements acknowledgements;
    private final DeletionRequests requests;
    private final DecideDeletion decide;
    private final Supplier<UUID> newIds;

    public ConsentRoutes(Acknowledgements acknowledgements, DeletionRequests requests, DecideDeletion decide,
            Supplier<UUID> newIds) {
        this.acknowledgements = acknowledgements;
        this.requests = requests;
        this.decide = decide;
        this.newIds = newIds;
    }

    /** "I know that this is recorded." */
    @Operation(operationId = "acknowledge")
    @FailsWith(ProblemType.RECORDING_NOT_FOUND)
    @PostMapping("/api/recordings/{id}/acknowledgements")
    Mono<Acknowledged> acknowledge(@AuthenticationPrincipal Caller caller, @PathVariable RecordingId id) {
        return acknowledgements.add(caller, id)
                .switchIfEmpty(Mono.error(Problem::noSuchRecording))
                .map(Acknowledged::new);
    }

    /** Who knows that this is recorded: all for the host, for others their own. */
    @Operation(operationId = "listAcknowledgements")
    @FailsWith(ProblemType.RECORDING_NOT_FOUND)
    @GetMapping("/api/recordings/{id}/acknowledgements")
    Mono<AcknowledgementList> acknowledgements(@AuthenticationPrincipal Caller caller, @PathVariable RecordingId id) {
        return acknowledgements.of(caller, id)
                .switchIfEmpty(Mono.error(Problem::noSuchRecording))
                .map(AcknowledgementList::new);
    }

    /** Asks the host to delete the recording. Whoever asks again before the host has decided gets their first request. */
    @Operation(operationId = "requestDeletion")
    @FailsWith(ProblemType.RECORDING_NOT_FOUND)
    @PostMapping(path = "/api/recordings/{id}/deletion-requests", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    Mono<OneRequest> ask(@AuthenticationPrincipal Caller caller, @PathVariable RecordingId id,
            @Valid @RequestBody(required = false) @Nullable Asked asked) {
        return Mono.defer(() -> requests.ask(caller, id, new RequestId(newIds.get()),
                asked == null ? null : asked.reason()))
                .switchIfEmpty(Mono.error(Problem::noSuchRecording))
                .map(OneRequest::of);
    }

    /** Wishes that the recording be deleted: all for the host, for others their own. They outlive it. */
    @Operation(operationId = "listDeletionRequests")
    @FailsWith(ProblemType.RECORDING_NOT_FOUND)
    @GetMapping("/api/recordings/{id}/deletion-requests")
    Mono<RequestList> requests(@AuthenticationPrincipal Caller caller, @PathVariable RecordingId id) {
        return requests.of(caller, id)
                .switchIfEmpty(Mono.error(Problem::noSuchRecording))
                .map(all -> new RequestList(all.stream().map(RequestView::of).toList()));
    }

    /** Deletes the recording; may be repeated until it is done. */
    @Operation(operationId = "acceptDeletion")
    @FailsWith({ProblemType.DELETION_REQUEST_NOT_FOUND, ProblemType.NOT_HOST, ProblemType.ALREADY_DECIDED,
            ProblemType.STILL_RECORDING, ProblemType.HMS_UNAVAILABLE, ProblemType.NO_OUTCOME_YET})
    @PostMapping("/api/recordings/{id}/deletion-requests/{requestId}/accept")
    Mono<OneRequest> accept(@AuthenticationPrincipal Caller caller, @PathVariable RecordingId id,
            @PathVariable RequestId requestId) {
        return decide.accept(caller, id, requestId).map(OneRequest::of);
    }

    /** Declines a wish; asking again is a new one. */
    @Operation(operationId = "declineDeletion")
    @FailsWith({ProblemType.DELETION_REQUEST_NOT_FOUND, ProblemType.NOT_HOST, ProblemType.ALREADY_DECIDED})
    @PostMapping("/api/recordings/{id}/deletion-requests/{requestId}/decline")
    Mono<OneRequest> decline(@AuthenticationPrincipal Caller caller, @PathVariable RecordingId id,
            @PathVariable RequestId requestId) {
        return decide.decline(caller, id, requestId).map(OneRequest::of);
    }

    /** The caller's own. */
    record Acknowledged(Acknowledgement acknowledgement) {}

    /** All, for the host; for others their own. */
    record AcknowledgementList(List<Acknowledgement> acknowledgements) {}

    /**
     * A wish that the recording be deleted.
     *
     * @param reason for the host to read
     */
    record Asked(
            // PostgreSQL stores no NUL.
            @Nullable @Size(max = 1000, message = "is longer than 1000 characters") @Pattern(regexp = "[^\\x00]*", message = "has a NUL character") String reason) {}

    /** A request, and how far it is. */
    record RequestView(RequestId id, UUID recordingId, UUID sessionId, UserId requestedBy, @Nullable String reason,
            State state, Instant createdAt, @Nullable Instant decidedAt, @Nullable Instant deletedAt) {
        static RequestView of(DeletionRequest request) {
            return new RequestView(request.id(), request.recording().value(), request.session().value(),
                    request.requester(), request.reason(), request.state(), request.createdAt(), request.decidedAt(),
                    request.deletedAt());
        }
    }

    record OneRequest(RequestView request) {
        static OneRequest of(DeletionRequest request) {
            return new OneRequest(RequestView.of(request));
        }
    }

    /** All, for the host; for others their own. */
    record RequestList(List<RequestView> requests) {}
}
