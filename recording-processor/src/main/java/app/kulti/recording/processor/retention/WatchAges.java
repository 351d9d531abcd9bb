package app.kulti.recording.processor.retention;

import app.kulti.recording.events.RecordingFinding;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.processor.advance.Findings;
import app.kulti.recording.processor.recording.Lifetime;
import app.kulti.recording.processor.retention.Ages.Aged;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Publishes what the clock says of recordings, and ends the histories of those long gone. It changes no recording: a finding is
 * judged again when it is applied. Several copies, or one that is restarted, say the same under the same id.
 */
public final class WatchAges {
    private static final int MOST_RUNNING = 100;

    private final Ages ages;
    private final Findings findings;
    private final Lifetime lifetime;
    private final RetentionSettings settings;
    private final InstantSource clock;

    /** Takes who knows the ages, what they mean, and where findings go. */
    public WatchAges(Ages ages, Findings findings, Lifetime lifetime, RetentionSettings settings,
            InstantSource clock) {
        this.ages = ages;
        this.findings = findings;
        this.lifetime = lifetime;
        this.settings = settings;
        this.clock = clock;
    }

    /** One look at what records too long. */
    public Mono<Void> limits() {
        return Mono.defer(() -> {
            var longestBegunBy = clock.instant().minus(lifetime.longest());
            return Flux.concatDelayError(
                    each(ages.overLimit(longestBegunBy, MOST_RUNNING), this::limitReached),
                    each(ages.nearLimit(longestBegunBy.plus(Lifetime.LIMIT_NOTICE), MOST_RUNNING), this::limitNears))
                    .then();
        });
    }

    /** One look at what has stayed long enough, if it is this copy's turn. */
    public Mono<Void> expiries() {
        return ages.takeTurn(settings.every()).filter(Boolean::booleanValue).flatMap(_ -> {
            var now = clock.instant();
            var oldBegunBy = now.minus(lifetime.retention()).plus(Lifetime.EXPIRY_NOTICE);
            return Flux.concatDelayError(
                    each(ages.expired(now, lifetime.retention(), settings.most()), this::expired),
                    each(ages.nearExpiry(oldBegunBy, lifetime.retention(), settings.most()),
                            aged -> expiryNears(aged, now)),
                    ages.endHistories(now.minus(Lifetime.HISTORY_STAYS), settings.most()),
                    ages.endStrays(now.minus(Lifetime.HISTORY_STAYS), settings.most()))
                    .then();
        });
    }

    private static Mono<Void> each(Mono<List<Aged>> found, Function<Aged, Mono<Void>> say) {
        return found.flatMapMany(Flux::fromIterable).concatMap(say).then();
    }

    private Mono<Void> limitNears(Aged aged) {
        var limitAt = lifetime.limitOf(aged.at());
        return publish("limit-nears", limitAt, new RecordingFinding.LimitNears(aged.id(), limitAt));
    }

    private Mono<Void> limitReached(Aged aged) {
        var limitAt = lifetime.limitOf(aged.at());
        return publish("limit-reached", limitAt, new RecordingFinding.LimitReached(aged.id(), limitAt));
    }

    private Mono<Void> expiryNears(Aged aged, Instant now) {
        var expiresAt = lifetime.expiryOf(aged.at(), now);
        return publish("expiry-nears", expiresAt, new RecordingFinding.ExpiryNears(aged.id(), expiresAt));
    }

    private Mono<Void> expired(Aged aged) {
        return publish("expired", aged.at(), new RecordingFinding.Expired(aged.id(), aged.at()));
    }

    private Mono<Void> publish(String kind, Instant dueAt, RecordingFinding finding) {
        return Mono.defer(() -> findings.publish(Envelope.of(
                EventId.of(kind, finding.recordingId().toString(), dueAt.toString()), clock.instant(),
                ServiceName.PROCESSOR, finding)));
    }
}
