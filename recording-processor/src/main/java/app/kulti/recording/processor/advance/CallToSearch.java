package app.kulti.recording.processor.advance;

import app.kulti.recording.events.HmsRecording;
import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.processor.advance.Hms.Reply;
import app.kulti.recording.processor.recording.Matching;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Looks at what 100ms recorded in a room at some time, each with its assets. Which of them is meant is not judged here. */
final class CallToSearch {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    /** A start may come that long before the first picture. */
    private static final Duration START = Duration.ofMinutes(1);
    /** One beam runs in a room at a time, so that few can be meant. */
    private static final int MOST = 10;

    private final Hms hms;

    CallToSearch(Hms hms) {
        this.hms = hms;
    }

    /** None when there are none, or when 100ms does not say: then it is asked again later. */
    Flux<HmsRecording> found(HmsCall.ToSearch call) {
        if (call.job() != null) {
            return look(call.job());
        }
        return call.room() == null
                ? Flux.empty()
                : hms.list(call.room(), call.since().minus(START), LIMIT)
                        .flatMapIterable(reply -> switch (reply) {
                            case Reply.Given<List<HmsRecording>>(var all) -> all;
                            case Reply.Withheld<List<HmsRecording>> _ -> List.<HmsRecording>of();
                        })
                        .filter(recording -> mayBeMeant(call, recording)).take(MOST)
                        .concatMap(recording -> look(recording.id()));
    }

    private static boolean mayBeMeant(HmsCall.ToSearch call, HmsRecording recording) {
        var stopped = recording.stoppedAt();
        return !recording.createdAt().isAfter(call.until().plus(Matching.SKEW))
                && (stopped == null || !stopped.isBefore(call.since().minus(Matching.SKEW)));
    }

    private Flux<HmsRecording> look(String job) {
        return hms.look(job, LIMIT).mapNotNull(CallToSearch::recording).flux();
    }

    private static @Nullable HmsRecording recording(HmsAnswer answer) {
        return answer instanceof HmsAnswer.Found(var found) ? found : null;
    }
}
