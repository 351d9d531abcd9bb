package app.kulti.recording.processor.advance;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.infra.messaging.BatchHandler;
import app.kulti.recording.infra.messaging.Received;
import app.kulti.recording.processor.translation.Translation;
import app.kulti.recording.processor.translation.WebhookTranslator;
import java.util.List;
import java.util.stream.Stream;

/** What 100ms says of its own accord. */
public final class ApplyWebhooks implements BatchHandler<HmsWebhook> {
    private final Advance advance;
    private final Duplicates duplicates;
    private final Recognition recognition;

    /** Takes what recognises a recording and what does the rest. */
    public ApplyWebhooks(Advance advance, Duplicates duplicates, Recognition recognition) {
        this.advance = advance;
        this.duplicates = duplicates;
        this.recognition = recognition;
    }

    @Override
    public void handle(List<Received<HmsWebhook>> batch) {
        var read = duplicates.sift(batch).stream().flatMap(ApplyWebhooks::read).toList();
        if (read.isEmpty()) {
            return;
        }
        var scope = Scope.empty();
        read.forEach(webhook -> scope.event(webhook.cause().event()).sighting(webhook.said().sighting()));
        advance.apply(scope, draft -> read.forEach(webhook -> apply(draft, webhook.cause(), webhook.said())));
    }

    private static Stream<Read> read(Received<HmsWebhook> received) {
        return WebhookTranslator.translate(received.message(), received.envelope().id())
                .map(said -> new Read(Cause.of(received, said.sighting().at()), said)).stream();
    }

    private void apply(Draft draft, Cause cause, Translation said) {
        if (duplicates.isOne(draft, cause)) {
            return;
        }
        recognition.hear(draft, cause, said);
    }

    private record Read(Cause cause, Translation said) {}
}
