package app.kulti.recording.gateway.consent;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.gateway.access.Caller;
import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Mono;

/** Who has said that they know of a recording. Each is empty when there is no such recording, or not for this caller. */
public interface Acknowledgements {
    /** The caller's; saying it again changes nothing. */
    Mono<Acknowledgement> add(Caller caller, RecordingId recording);

    /** All, for the host; for others their own. The first first. */
    Mono<List<Acknowledgement>> of(Caller caller, RecordingId recording);

    /** "I know that this is recorded." */
    record Acknowledgement(UserId userId, Instant acknowledgedAt) {}
}
