package app.kulti.recording.gateway.consent;

import app.kulti.recording.events.ids.CommandId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.SessionId;
import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.gateway.access.Caller;
import app.kulti.recording.gateway.access.HostsOnly;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Requests that a recording be deleted. They outlive it. */
public interface DeletionRequests {
    /**
     * Asks, unless the caller's earlier request still waits, which is then the answer.
     *
     * @return empty when there is no such recording, or not for this caller
     */
    Mono<DeletionRequest> ask(Caller caller, RecordingId recording, RequestId id, @Nullable String reason);

    /** All, for the host; for others their own. Empty when neither the recording nor a request about it is visible. */
    Mono<List<DeletionRequest>> of(Caller caller, RecordingId recording);

    /**
     * Decides, unless it has been decided or the recording still records and is to be deleted.
     *
     * @param delete the command that an accepted request becomes
     * @return how it is now; empty when there is no such request, or not for this caller
     */
    Mono<HostsOnly<Decided>> decide(Caller caller, RecordingId recording, RequestId request, Decision decision,
            CommandId delete);

    /** The host's word. */
    enum Decision {
        ACCEPTED, DECLINED;

        /** The word in tables and to people. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How far it is. */
    enum State {
        /** It waits for the host. */
        @JsonProperty("open")
        OPEN,

        /** The recording is about to be deleted. */
        @JsonProperty("accepted")
        ACCEPTED,

        @JsonProperty("declined")
        DECLINED,

        /** The recording is gone, whoever deleted it. */
        @JsonProperty("done")
        DONE
    }

    /**
     * A request.
     *
     * @param decidedAt absent as long as nobody has
     * @param deletedAt when the recording went; absent as long as it is there
     */
    record DeletionRequest(RequestId id, RecordingId recording, SessionId session, UserId requester,
            @Nullable String reason, Instant createdAt, @Nullable Decision decision, @Nullable Instant decidedAt,
            @Nullable Instant deletedAt) {
        State state() {
            if (deletedAt != null) {
                return State.DONE;
            }
            return switch (decision) {
                case null -> State.OPEN;
                case ACCEPTED -> State.ACCEPTED;
                case DECLINED -> State.DECLINED;
            };
        }

        DeletionRequest deleted(Instant at) {
            return new DeletionRequest(id, recording, session, requester, reason, createdAt, decision, decidedAt, at);
        }
    }

    /**
     * What a decision came to.
     *
     * @param stillRecording why it was not taken
     */
    record Decided(DeletionRequest request, boolean stillRecording) {}
}
