package app.kulti.recording.processor.advance;

import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.processor.advance.Cause.Origin;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Mono;

/** What was applied for good. */
public interface AppliedEvents {
    /** Those of the events that were applied, with the records that brought them. */
    Mono<Map<EventId, Set<Origin>>> among(Set<EventId> events);
}
