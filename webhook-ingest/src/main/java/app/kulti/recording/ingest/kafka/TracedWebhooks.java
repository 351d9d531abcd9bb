package app.kulti.recording.ingest.kafka;

import app.kulti.recording.events.HmsWebhook;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.infra.messaging.MessageSpans;
import app.kulti.recording.infra.messaging.Traces;
import app.kulti.recording.ingest.intake.DurableWebhooks;
import reactor.core.publisher.Mono;

/** A span for each webhook while it is made durable, from which whoever reads it goes on; only where somebody traces. */
final class TracedWebhooks implements DurableWebhooks {
    private final DurableWebhooks webhooks;
    private final Traces traces;
    private final MessageSpans<HmsWebhook> spans;

    TracedWebhooks(DurableWebhooks webhooks, MessageSpans<HmsWebhook> spans, Traces traces) {
        this.webhooks = webhooks;
        this.spans = spans;
        this.traces = traces;
    }

    @Override
    public Mono<Void> write(Envelope<HmsWebhook> webhook) {
        return Mono.defer(() -> {
            var span = spans.sending(webhook);
            return webhooks.write(webhook.traced(traces.traceparent(span))).doOnError(span::error)
                    .doFinally(_ -> span.end());
        });
    }
}
