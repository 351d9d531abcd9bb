package app.kulti.recording.processor.advance;

import app.kulti.recording.events.HmsRecording;
import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.events.RecordingFinding;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.infra.messaging.Traces;
import app.kulti.recording.infra.observability.RecordingInLogs;
import app.kulti.recording.processor.advance.Hms.Reply;
import app.kulti.recording.processor.recording.OutsideId;
import app.kulti.recording.processor.translation.ApiTranslator;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Asks 100ms, outside the listeners, and publishes each answer as a finding. So many calls may be in the air at a time; one
 * that finds no room is not queued: its row is stored as due, and the schedule makes the call.
 */
public final class CallHms {
    private static final Logger log = LoggerFactory.getLogger(CallHms.class);
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final Hms hms;
    private final CallToStart starts;
    private final CallToSearch searches;
    private final Findings findings;
    private final InstantSource clock;
    private final int room;
    private final Semaphore commands;
    private final Semaphore looks;
    private final Counter leftToSchedule;
    private final Traces traces;

    /**
     * Takes 100ms and where its answers go.
     *
     * @param room how many starts and stops may be in the air, and as many looks beside them
     */
    public CallHms(Hms hms, RecordingStore store, Findings findings, InstantSource clock, int room,
            MeterRegistry meters, Traces traces) {
        this.hms = hms;
        this.starts = new CallToStart(hms, store, clock);
        this.searches = new CallToSearch(hms);
        this.findings = findings;
        this.clock = clock;
        this.room = room;
        this.commands = new Semaphore(room);
        this.looks = new Semaphore(room);
        this.leftToSchedule = Counter.builder("kulti.processor.calls.postponed")
                .description("Calls to 100ms that found no room and were left to the schedule").register(meters);
        this.traces = traces;
    }

    /**
     * Makes the call, in the background. Returns at once.
     *
     * @param traceparent W3C trace context of what it follows from
     */
    public void now(HmsCall call, @Nullable String traceparent) {
        var place = switch (call) {
            case HmsCall.ToStart _,HmsCall.ToStop _ -> commands;
            case HmsCall.ToLook _,HmsCall.ToSearch _,HmsCall.ToRenew _ -> looks;
        };
        var begun = traces.goingOnFrom(traceparent).name(nameOf(call)).tag("recording.id", call.recording().toString());
        if (!place.tryAcquire()) {
            leftToSchedule.increment();
            return;
        }
        var span = begun.start();
        // Within the chain from its first step on: whatever it fails with ends the span and gives the place back.
        Flux.defer(() -> answers(call)).map(finding -> finding.traced(traces.traceparent(span)))
                .concatMap(findings::publish)
                .doOnError(span::error).doFinally(_ -> {
                    span.end();
                    place.release();
                }).contextWrite(traces.context(span)).subscribe(_ -> {}, fault ->
                // Its row is due before long; nothing is lost but time.
                log.atWarn().addKeyValue(RecordingInLogs.FIELD, call.recording().toString()).log(
                        "What 100ms answered about recording {} could not be published: {}", call.recording(),
                        fault.toString()));
    }

    private static String nameOf(HmsCall call) {
        return switch (call) {
            case HmsCall.ToStart _ -> "start at 100ms";
            case HmsCall.ToStop _ -> "stop at 100ms";
            case HmsCall.ToLook _ -> "look at 100ms";
            case HmsCall.ToSearch _ -> "search at 100ms";
            case HmsCall.ToRenew _ -> "renew at 100ms";
        };
    }

    /** Waits, within a limit, for the calls in the air: what they come to is then published before the producer goes. */
    public void close() throws InterruptedException {
        if (!commands.tryAcquire(room, FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
            log.info("Calls to 100ms are still in the air; another copy takes them up");
        }
    }

    private Flux<Envelope<RecordingFinding>> answers(HmsCall call) {
        return switch (call) {
            case HmsCall.ToStart it -> starts.answer(it).map(answer -> finding(call, "start-answered",
                    new RecordingFinding.StartAnswered(it.recording(), it.start().session(), it.start().room(),
                            it.start().command(), it.start().attempts(), answer)))
                    .flux();
            case HmsCall.ToStop it -> stop(it).map(answer -> finding(call, "stop-answered",
                    new RecordingFinding.StopAnswered(it.recording(), it.command(), it.attempt(), answer))).flux();
            case HmsCall.ToLook it -> hms.look(it.job(), LIMIT)
                    .map(answer -> finding(call, "looked", new RecordingFinding.Looked(it.recording(), answer))).flux();
            case HmsCall.ToSearch it -> searches.found(it).map(found -> found(it, found));
            case HmsCall.ToRenew it -> renew(it).flux();
        };
    }

    private Envelope<RecordingFinding> finding(HmsCall call, String kind, RecordingFinding finding) {
        return finding(kind, call.occasion(), finding);
    }

    private Envelope<RecordingFinding> finding(String kind, String occasion, RecordingFinding finding) {
        return Envelope.of(EventId.of(kind, finding.recordingId().toString(), occasion), clock.instant(),
                ServiceName.PROCESSOR, finding);
    }

    /** Under the id that was asked for where it is certainly that one; else each under its own, and judged by what it says. */
    private Envelope<RecordingFinding> found(HmsCall.ToSearch call, HmsRecording found) {
        var id = call.job() != null
                ? call.recording()
                : RecordingId.adopting(OutsideId.Kind.JOB.wireName(), found.id());
        return finding("looked", call.occasion(), new RecordingFinding.Looked(id, new HmsAnswer.Found(found)));
    }

    private Mono<HmsAnswer> stop(HmsCall.ToStop call) {
        if (call.job() != null) {
            return hms.stop(call.job(), LIMIT);
        }
        return call.room() == null ? Mono.just(new HmsAnswer.NotFound()) : hms.stop(call.room(), LIMIT);
    }

    private Mono<Envelope<RecordingFinding>> renew(HmsCall.ToRenew call) {
        if (call.assetId() != null) {
            return sign(call, call.assetId(), call.path());
        }
        if (call.job() == null) {
            return Mono.just(notRenewed(call, new HmsAnswer.NotFound()));
        }
        return hms.look(call.job(), LIMIT).flatMap(answer -> switch (answer) {
            case HmsAnswer.Found(HmsRecording found) -> ApiTranslator.film(found)
                    .map(film -> sign(call, film.id(), film.path()))
                    .orElseGet(() -> Mono.just(notRenewed(call, new HmsAnswer.NotFound())));
            case HmsAnswer.NotFound _,HmsAnswer.Conflict _,HmsAnswer.Refused _,HmsAnswer.Unavailable _ ->
                Mono.just(notRenewed(call, answer));
        });
    }

    private Mono<Envelope<RecordingFinding>> sign(HmsCall.ToRenew call, String assetId,
            @Nullable String path) {
        return hms.sign(assetId, LIMIT).map(reply -> switch (reply) {
            case Reply.Given<Hms.AssetUrl>(var link) -> finding(call, "source-renewed",
                    new RecordingFinding.SourceRenewed(call.recording(), assetId, path, link.url(), link.expiresAt(),
                            call.command()));
            case Reply.Withheld<Hms.AssetUrl>(var why) -> notRenewed(call, why);
        });
    }

    private Envelope<RecordingFinding> notRenewed(HmsCall.ToRenew call, HmsAnswer why) {
        return finding(call, "source-not-renewed",
                new RecordingFinding.SourceNotRenewed(call.recording(), why, call.command()));
    }
}
