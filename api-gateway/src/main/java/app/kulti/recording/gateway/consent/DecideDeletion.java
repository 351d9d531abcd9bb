package app.kulti.recording.gateway.consent;

import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.gateway.access.Caller;
import app.kulti.recording.gateway.access.HostsOnly;
import app.kulti.recording.gateway.command.Commands;
import app.kulti.recording.gateway.consent.DeletionRequests.Decided;
import app.kulti.recording.gateway.consent.DeletionRequests.Decision;
import app.kulti.recording.gateway.consent.DeletionRequests.DeletionRequest;
import app.kulti.recording.gateway.consent.DeletionRequests.State;
import app.kulti.recording.gateway.failure.Problem;
import app.kulti.recording.gateway.failure.ProblemType;
import java.time.InstantSource;
import reactor.core.publisher.Mono;

/**
 * A host answers a request. An accepted one is marked before the delete is published, so that it stays accepted when Kafka is
 * away; accepting it again publishes the same command again, whose outcome is final.
 */
public final class DecideDeletion {
    /** Part of every command id: never to be changed. */
    static final String ROUTE = "POST /api/recordings/{id}/deletion-requests/{requestId}/accept";

    private final DeletionRequests requests;
    private final Commands commands;
    private final InstantSource clock;

    public DecideDeletion(DeletionRequests requests, Commands commands, InstantSource clock) {
        this.requests = requests;
        this.commands = commands;
        this.clock = clock;
    }

    Mono<DeletionRequest> decline(Caller caller, RecordingId recording, RequestId request) {
        return decided(caller, recording, request, Decision.DECLINED);
    }

    Mono<DeletionRequest> accept(Caller caller, RecordingId recording, RequestId request) {
        return decided(caller, recording, request, Decision.ACCEPTED)
                .flatMap(accepted -> accepted.state() == State.DONE
                        ? Mono.just(accepted)
                        : delete(caller, accepted));
    }

    private Mono<DeletionRequest> decided(Caller caller, RecordingId recording, RequestId request, Decision decision) {
        return requests.decide(caller, recording, request, decision, commandOf(caller, request))
                .switchIfEmpty(Mono.error(() -> new Problem(ProblemType.DELETION_REQUEST_NOT_FOUND,
                        "There is no such request, or it is not visible to you.")))
                .map(HostsOnly::forHost)
                .map(found -> requireDecision(found.getFirst(), decision));
    }

    private static DeletionRequest requireDecision(Decided decided, Decision wanted) {
        var request = decided.request();
        var decision = request.decision();
        if (decision == wanted) {
            return request;
        }
        if (decision == null && decided.stillRecording()) {
            throw new Problem(ProblemType.STILL_RECORDING, "It is still being recorded. Stop it first.");
        }
        throw new Problem(ProblemType.ALREADY_DECIDED, decision == null
                ? "The request is being decided elsewhere. Look again."
                : "The request is already " + decision.word() + ".");
    }

    private Mono<DeletionRequest> delete(Caller caller, DeletionRequest accepted) {
        var now = clock.instant();
        return commands.carryOut(new RecordingCommand.Delete(commandOf(caller, accepted.id()), accepted.session(),
                caller.id(), now, accepted.recording()), null)
                .then()
                // Somebody else was quicker: what was asked for is done all the same.
                .onErrorResume(DecideDeletion::isGone, _ -> Mono.empty())
                .then(Mono.fromSupplier(() -> accepted.deleted(now)));
    }

    private static boolean isGone(Throwable thrown) {
        return thrown instanceof Problem problem && problem.type() == ProblemType.RECORDING_NOT_FOUND;
    }

    /** One for each host, should the session be handed over in between. */
    private static CommandId commandOf(Caller caller, RequestId request) {
        return CommandId.of(caller.id(), ROUTE, request.toString());
    }
}
