package app.kulti.recording.ingest.intake;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.wire.Envelope;
import reactor.core.publisher.Mono;

/** Where a webhook must lie before 100ms is told that it arrived. */
public interface DurableWebhooks {
    /**
     * Writes it.
     *
     * @return complete once it cannot get lost any more; an error, within two seconds, when that is not known, in which case
     *         it may be there all the same: its id tells a second copy
     */
    Mono<Void> write(Envelope<HmsWebhook> webhook);
}
