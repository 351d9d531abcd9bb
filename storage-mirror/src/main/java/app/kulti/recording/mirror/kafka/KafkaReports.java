package app.kulti.recording.mirror.kafka;

import app.kulti.recording.events.MirrorReport;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.infra.messaging.Publisher;
import app.kulti.recording.mirror.mirroring.Reports;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryListener;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.core.retry.Retryable;

/** Publishes reports on {@code mirror.reports}. */
final class KafkaReports implements Reports {
    private static final Logger log = LoggerFactory.getLogger(KafkaReports.class);
    /**
     * Without end: the offset of what a report answers is not committed before it, so giving up would only do it all
     * again.
     */
    private static final RetryPolicy UNTIL_ACKNOWLEDGED = RetryPolicy.builder().maxRetries(Long.MAX_VALUE)
            .delay(Duration.ofMillis(200)).multiplier(2).maxDelay(Duration.ofSeconds(10))
            .jitter(Duration.ofMillis(100)).excludes(InterruptedException.class).build();

    private final Publisher<MirrorReport> publisher;
    private final InstantSource clock;
    private final RetryTemplate retries = new RetryTemplate(UNTIL_ACKNOWLEDGED);

    KafkaReports(Publisher<MirrorReport> publisher, InstantSource clock) {
        this.publisher = publisher;
        this.clock = clock;
        retries.setRetryListener(new RetryListener() {
            @Override
            public void onRetryFailure(RetryPolicy policy, Retryable<?> report, Throwable failure) {
                log.warn("A report was not acknowledged; it is sent again: {}", failure.getMessage());
            }
        });
    }

    @Override
    public void say(MirrorReport report) throws InterruptedException {
        // One envelope for all attempts: what was acknowledged without our hearing of it is the same event the second
        // time.
        var envelope = envelope(report);
        try {
            retries.execute(() -> acknowledged(publisher.publish(envelope)));
        } catch (RetryException e) {
            if (e.getCause() instanceof InterruptedException || Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw new IllegalStateException("the report cannot be published", e.getCause());
        }
    }

    private static CompletableFuture<Void> acknowledged(CompletableFuture<Void> sent)
            throws InterruptedException, ExecutionException {
        sent.get();
        return sent;
    }

    @Override
    public void mention(MirrorReport report) {
        var _ = publisher.publish(envelope(report)).whenComplete((_, failure) -> {
            if (failure != null) {
                log.warn("A {} report of {} was not acknowledged", report.getClass().getSimpleName(),
                        report.recordingId());
            }
        });
    }

    /** The time is part of the id: the same said later, of the same revision, is news. */
    private Envelope<MirrorReport> envelope(MirrorReport report) {
        var now = clock.instant();
        var id = EventId.of("mirror-" + report.getClass().getSimpleName(), report.recordingId().toString(),
                report.revision() + "@" + now);
        return Envelope.of(id, now, ServiceName.MIRROR, report);
    }
}
