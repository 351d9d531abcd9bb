package app.kulti.recording.processor.reconcile;

import app.kulti.recording.events.RecordingFinding;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.processor.advance.CallHms;
import app.kulti.recording.processor.advance.Due;
import app.kulti.recording.processor.advance.Findings;
import app.kulti.recording.processor.advance.Hms;
import app.kulti.recording.processor.advance.HmsCall;
import app.kulti.recording.processor.advance.Start;
import app.kulti.recording.processor.advance.Stored;
import app.kulti.recording.processor.advance.Unmatched;
import app.kulti.recording.processor.recording.Recording;
import app.kulti.recording.processor.recording.Tombstone;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Makes the calls to 100ms that are due, and publishes a finding for what needs none. It changes no recording: its findings
 * do, when they are applied.
 */
public final class TakeUpDueWork {
    private static final int MOST = 100;
    /** Only a database that is filled anew has more of them. */
    private static final Duration INHERITED_EVERY = Duration.ofHours(1);

    private final DueWork due;
    private final CallHms calls;
    private final Findings findings;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private volatile Instant inheritedDue = Instant.MIN;

    /** Takes what is due and what to do about it. */
    public TakeUpDueWork(DueWork due, CallHms calls, Findings findings, InstantSource clock,
            MeterRegistry meters) {
        this.due = due;
        this.calls = calls;
        this.findings = findings;
        this.clock = clock;
        this.meters = meters;
        // From the beginning, since a rate cannot be told from a series that begins at one.
        List.of("start", "unfinished", "inherited", "unmirrored", "unmatched", "deleted")
                .forEach(kind -> found(kind, 0));
    }

    private void found(String kind, int count) {
        meters.counter("kulti.reconcile.finds", "kind", kind).increment(count);
    }

    /**
     * One round. Done when its findings are published and its calls under way; a kind that cannot be taken up does not hold
     * up the others, and fails the round at its end.
     */
    public Mono<Void> run() {
        return Mono.defer(() -> {
            var now = clock.instant();
            return Flux.concatDelayError(
                    due.takeStarts(now, MOST).flatMap(taken -> each("start", taken, start -> takeUp(start, now))),
                    due.takeUnfinished(now, MOST)
                            .flatMap(taken -> each("unfinished", taken, stored -> takeUp(stored, now))),
                    due.takeUnmirrored(now, MOST)
                            .flatMap(taken -> each("unmirrored", taken, stored -> takeUp(stored, now))),
                    due.takeUnmatched(now, MOST)
                            .flatMap(taken -> each("unmatched", taken, event -> takeUp(event, now))),
                    due.takeTombstones(now, MOST).flatMap(taken -> each("deleted", taken, stone -> takeUp(stone, now))),
                    inherited(now))
                    .then();
        });
    }

    private <T> Mono<Void> each(String kind, List<T> taken, Function<T, Mono<Void>> takeUp) {
        found(kind, taken.size());
        return Flux.fromIterable(taken).concatMap(takeUp).then();
    }

    private Mono<Void> takeUp(Start start, Instant now) {
        if (now.isAfter(start.deadline().plus(Due.START_GIVEN_UP))) {
            return publish("start-overdue", start.recording(), now,
                    new RecordingFinding.StartOverdue(start.recording(), now));
        }
        return call(new HmsCall.ToStart(start, true), start.trace());
    }

    private Mono<Void> takeUp(Stored stored, Instant now) {
        var recording = stored.recording();
        var dueAt = Objects.requireNonNullElse(stored.dueAt(), now);
        return switch (recording.status()) {
            case RECORDING, PROCESSING -> recording.isStopDue()
                    ? call(HmsCall.ToStop.again(recording, dueAt.toString()))
                    : call(look(recording, now, dueAt.toString()));
            case COMPLETED -> recording.source() == null
                    ? call(look(recording, now, dueAt.toString()))
                    : publish("mirror-overdue", recording.id(), dueAt,
                            new RecordingFinding.MirrorOverdue(recording.id(), dueAt));
            case FAILED -> Mono.empty();
        };
    }

    /** Often while there are any, since no index finds them. */
    private Mono<Void> inherited(Instant now) {
        return now.isBefore(inheritedDue)
                ? Mono.empty()
                : due.inherited(now, MOST).doOnNext(found -> inheritedDue = found.isEmpty()
                        ? now.plus(INHERITED_EVERY)
                        : now).flatMap(found -> each("inherited", found, this::takeOver));
    }

    private Mono<Void> takeOver(RecordingId recording) {
        return Mono.defer(() -> findings.publish(Envelope.of(EventId.of("taken-over", recording.toString(), ""),
                clock.instant(), ServiceName.PROCESSOR, new RecordingFinding.TakenOver(recording))));
    }

    /** The API takes only one of the names that a recording may have; by the others it has to be searched for. */
    private static HmsCall look(Recording recording, Instant now, String occasion) {
        var job = recording.facts().names().job();
        return job == null
                ? new HmsCall.ToSearch(recording.id(), null, recording.room(),
                        Objects.requireNonNullElse(recording.startedAt(), now.minus(Hms.LONGEST_ROOM)),
                        Objects.requireNonNullElse(recording.endedAt(), now), occasion)
                : new HmsCall.ToLook(recording.id(), job, occasion);
    }

    private Mono<Void> takeUp(Unmatched event, Instant now) {
        return call(new HmsCall.ToSearch(event.adopted(), event.job(), event.room(), event.since(), event.until(),
                event.event() + "/" + now));
    }

    private Mono<Void> takeUp(Tombstone tombstone, Instant now) {
        var stop = tombstone.wasActive() && tombstone.stoppedAt() == null && !tombstone.hmsRecordingId().isEmpty()
                ? call(new HmsCall.ToStop(tombstone.id(), tombstone.hmsRecordingId(), null, null, 2, now.toString()))
                : Mono.<Void>empty();
        return tombstone.removedAt() != null
                ? stop
                : stop.then(publish("row-deleted", tombstone.id(), now,
                        new RecordingFinding.RowDeleted(tombstone.id(), tombstone.deletedAt())));
    }

    private Mono<Void> call(HmsCall call) {
        return call(call, null);
    }

    private Mono<Void> call(HmsCall call, @Nullable String traceparent) {
        return Mono.fromRunnable(() -> calls.now(call, traceparent));
    }

    private Mono<Void> publish(String kind, RecordingId recording, Instant dueAt, RecordingFinding finding) {
        return Mono.defer(() -> findings.publish(Envelope.of(
                EventId.of(kind, recording.toString(), dueAt.toString()), clock.instant(), ServiceName.PROCESSOR,
                finding)));
    }
}
