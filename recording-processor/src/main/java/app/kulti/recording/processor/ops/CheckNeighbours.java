package app.kulti.recording.processor.ops;

import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.infra.observability.checking.Check;
import app.kulti.recording.infra.observability.checking.Finding;
import app.kulti.recording.processor.advance.Hms.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.core.NestedExceptionUtils;
import reactor.core.publisher.Mono;

/** Whether the processor's credentials work, and whether its clock agrees with its neighbours'. */
public final class CheckNeighbours implements Check {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** What the join lets clocks differ, and one more, since 100ms tells its own to the second. */
    private static final Duration SKEW = Duration.ofSeconds(6);
    private static final String CREDENTIALS = "100ms takes the app's credentials";
    private static final String LOGIN = "the database login works, and may read what is its own";

    private final Function<Duration, Mono<Reply<Optional<Instant>>>> hms;
    private final DatabaseLogin database;
    private final InstantSource clock;

    /**
     * Takes who is asked.
     *
     * @param hms tells 100ms's own time within that limit, asked with the management token
     */
    public CheckNeighbours(Function<Duration, Mono<Reply<Optional<Instant>>>> hms, DatabaseLogin database,
            InstantSource clock) {
        this.hms = hms;
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Mono<List<Finding>> run() {
        return Check.all(List.of(this::hms, this::database)).run();
    }

    private Mono<List<Finding>> hms() {
        return hms.apply(LIMIT).map(reply -> switch (reply) {
            case Reply.Given<Optional<Instant>>(var time) -> time
                    .map(at -> List.of(Finding.fine(CREDENTIALS), clock("100ms", at)))
                    .orElse(List.of(Finding.fine(CREDENTIALS)));
            case Reply.Withheld<Optional<Instant>>(var why) -> List.of(Finding.wrong(CREDENTIALS, detail(why)));
        });
    }

    private static String detail(HmsAnswer why) {
        return switch (why) {
            case HmsAnswer.Refused(var status, var detail) ->
                "%s %s: compare KULTI_HMS_ACCESSKEY and KULTI_HMS_APPSECRET with its dashboard".formatted(status,
                        detail);
            case HmsAnswer.Unavailable(var cause) ->
                cause + ": compare KULTI_HMS_BASEURL, and see whether it can be reached from here";
            case HmsAnswer.NotFound _,HmsAnswer.Conflict _,HmsAnswer.Found _ ->
                "it gave an answer of another kind: compare KULTI_HMS_BASEURL";
        };
    }

    private Mono<List<Finding>> database() {
        return database.time().map(at -> List.of(Finding.fine(LOGIN), clock("PostgreSQL", at))).timeout(LIMIT)
                .onErrorResume(fault -> Mono.just(List.of(Finding.wrong(LOGIN, inWords(fault)))));
    }

    /** The kind of fault is enough to know which setting is wrong; its message may quote the address. */
    private static String inWords(Throwable fault) {
        return "%s: compare SPRING_R2DBC_URL, SPRING_R2DBC_USERNAME and SPRING_R2DBC_PASSWORD, and apply the migrations"
                .formatted(NestedExceptionUtils.getMostSpecificCause(fault).getClass().getSimpleName());
    }

    private Finding clock(String whose, Instant theirs) {
        var check = "its clock agrees with that of " + whose;
        var ahead = Duration.between(theirs, clock.instant());
        return ahead.abs().compareTo(SKEW) <= 0
                ? Finding.fine(check)
                : Finding.wrong(check, "it is %d s %s: synchronise that machine's clock (chrony, NTP)".formatted(
                        ahead.abs().toSeconds(), ahead.isPositive() ? "ahead" : "behind"));
    }
}
