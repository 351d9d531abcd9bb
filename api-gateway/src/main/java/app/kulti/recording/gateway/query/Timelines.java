package app.kulti.recording.gateway.query;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.gateway.access.Caller;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What happened to recordings. */
public interface Timelines {
    /** In order. Empty when there is no such recording, or not for this caller. */
    Mono<List<Happening>> of(Caller caller, RecordingId recording);

    /**
     * An event that met the recording.
     *
     * @param at       by 100ms's own clock where it has told, else when it was decided about
     * @param type     100ms's word for a webhook, else the message's name on its topic
     * @param topic    the one that it came on
     * @param decision {@code applied, refused, unmatched}
     * @param reason   why that was decided, when it is not plain
     */
    record Happening(Instant at, String type, String topic, String decision, @Nullable String reason) {}
}
