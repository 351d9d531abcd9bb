package app.kulti.recording.gateway.live;

import app.kulti.recording.gateway.access.Caller;
import java.time.Instant;
import reactor.core.publisher.Flux;

/** What a reader who was away has missed. */
@FunctionalInterface
public interface ChangedRecordings {
    /** The present state of every recording of the caller's sessions that was changed or deleted since then, oldest change first. */
    Flux<LiveRecording> since(Caller caller, Instant since);
}
