package app.kulti.recording.infra.ops.deadletters;

import app.kulti.recording.events.OperatorAction;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.infra.ops.kafka.DeadLetterTopics.Place;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What operators have done about a dead letter; nothing can be taken off a topic, so {@code ops.audit} tells. */
enum Fate {
    /** Nothing yet. */
    @JsonProperty("open")
    OPEN,
    /** It was put back; if it failed again, it lies here again, as another record. */
    @JsonProperty("retried")
    RETRIED,
    /** It is not to be tried again. */
    @JsonProperty("parked")
    PARKED;

    /** By place; what is not in it is open. */
    static Map<Place, Fate> of(List<Envelope<OperatorAction>> audit) {
        var fates = new HashMap<Place, Fate>();
        audit.forEach(action -> {
            switch (action.message()) {
                case OperatorAction.DeadLetterRetried it ->
                    fates.put(new Place(it.topic(), it.partition(), it.offset()), RETRIED);
                case OperatorAction.DeadLetterParked it ->
                    fates.put(new Place(it.topic(), it.partition(), it.offset()), PARKED);
                default -> {
                    // About something else.
                }
            }
        });
        return fates;
    }
}
