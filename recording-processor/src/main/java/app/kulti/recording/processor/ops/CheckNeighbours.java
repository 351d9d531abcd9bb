package app.kulti.recording.processor.ops;

import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.processor.advance.Hms;
import app.kulti.recording.processor.advance.Hms.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Whether the processor's credentials work, and whether its clock agrees with its neighbours'. */
public final class CheckNeighbours {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Hms hms;
    private final DatabaseLogin database;
    private final InstantSource clock;

    /** Takes who is asked. */
    public CheckNeighbours(Hms hms, DatabaseLogin database, InstantSource clock) {
        this.hms = hms;
        this.database = database;
        this.clock = clock;
    }

    /**
     * How the neighbours are.
     *
     * @param hms      100ms, asked with the management token
     * @param database PostgreSQL, asked with the processor's own login
     */
    public record Neighbours(Neighbour hms, Neighbour database) {}

    /**
     * How one of them is.
     *
     * @param ok              whether it took the credential and answered
     * @param detail          what it said otherwise, without anything secret
     * @param clockSkewMillis how far its clock is ahead of ours; 100ms tells its own to the second; absent when
     *                        it does not tell it
     */
    public record Neighbour(boolean ok, @Nullable String detail, @Nullable Long clockSkewMillis) {
        static Neighbour bad(String detail) {
            return new Neighbour(false, detail, null);
        }
    }

    /** Asks both, side by side. Always has an answer, within seconds. */
    public Mono<Neighbours> run() {
        return Mono.zip(hms(), database()).map(both -> new Neighbours(both.getT1(), both.getT2()));
    }

    private Mono<Neighbour> hms() {
        return hms.time(LIMIT).map(reply -> switch (reply) {
            case Reply.Given<Optional<Instant>>(var time) -> good(time.orElse(null));
            case Reply.Withheld<Optional<Instant>>(var why) -> Neighbour.bad(detail(why));
        });
    }

    private static String detail(HmsAnswer why) {
        return switch (why) {
            case HmsAnswer.Refused(var status, var detail) -> status + " " + detail;
            case HmsAnswer.Unavailable(var cause) -> cause;
            case HmsAnswer.NotFound _,HmsAnswer.Conflict _,HmsAnswer.Found _ -> "100ms gave an answer of another kind";
        };
    }

    /** The kind of fault is enough to know which setting is wrong; its message may quote the address. */
    private Mono<Neighbour> database() {
        return database.time().map(this::good).timeout(LIMIT)
                .onErrorResume(fault -> Mono.just(Neighbour.bad(fault.getClass().getSimpleName())));
    }

    private Neighbour good(@Nullable Instant time) {
        return new Neighbour(true, null, time == null ? null : Duration.between(clock.instant(), time).toMillis());
    }
}
