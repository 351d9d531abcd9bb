package app.kulti.recording.gateway.command;

import app.kulti.recording.events.RecordingCommand;
import app.kulti.recording.events.RecordingEvent.Answer;
import app.kulti.recording.events.RecordingEvent.CommandAnswered;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.ids.UserId;
import app.kulti.recording.gateway.failure.Problem;
import app.kulti.recording.gateway.failure.ProblemType;
import app.kulti.recording.gateway.live.HearsOutcomes;
import app.kulti.recording.gateway.live.Outcomes;
import app.kulti.recording.gateway.limit.UserLimit;
import app.kulti.recording.infra.observability.RecordingInLogs;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Publishes a command and waits for what becomes of it. */
public final class Commands {
    private static final Logger log = LoggerFactory.getLogger(Commands.class);

    private final SendCommand channel;
    private final Outcomes outcomes;
    private final HearsOutcomes hearsOutcomes;
    private final UserLimit limit;
    private final Duration wait;

    /**
     * Over {@code channel} out and {@code outcomes} in.
     *
     * @param limit of commands per user
     * @param wait  how long an outcome is waited for, counted from the request
     */
    public Commands(SendCommand channel, Outcomes outcomes, HearsOutcomes hearsOutcomes, UserLimit limit,
            Duration wait) {
        this.channel = channel;
        this.outcomes = outcomes;
        this.hearsOutcomes = hearsOutcomes;
        this.limit = limit;
        this.wait = wait;
    }

    /** How long an outcome is waited for. */
    public Duration patience() {
        return wait;
    }

    /**
     * Carries {@code command} out.
     *
     * @param key under which the caller may repeat the request, told to them where that is of use; null where there is none
     * @return the outcome, when it is a yes; else a {@link Problem}
     */
    public Mono<CommandAnswered> carryOut(RecordingCommand command, @Nullable String key) {
        return carryOut(command.by(), () -> command, key);
    }

    /**
     * The same, where the command can be made only as things are: that is judged after how often its user asks.
     *
     * @param command may throw a {@link Problem}
     */
    Mono<CommandAnswered> carryOut(UserId by, Supplier<? extends RecordingCommand> command, @Nullable String key) {
        return Mono.fromRunnable(() -> limit.admit(by)).then(Mono.fromSupplier(command))
                .flatMap(made -> published(made, key));
    }

    private Mono<CommandAnswered> published(RecordingCommand command, @Nullable String key) {
        if (!hearsOutcomes.now()) {
            return Mono.error(() -> repeatable(new Problem(ProblemType.UNAVAILABLE,
                    "Commands are not taken at the moment. Try again shortly."), key));
        }
        return Mono.using(() -> outcomes.expect(command.commandId()),
                expected -> sent(command, key).then(expected.outcome()))
                .timeout(wait, noOutcomeYet(key))
                .onErrorMap(RejectedExecutionException.class, _ -> repeatable(new Problem(ProblemType.UNAVAILABLE,
                        "Too many commands are under way. Try again shortly."), key))
                .map(answered -> judged(command, answered, key));
    }

    private Mono<Void> sent(RecordingCommand command, @Nullable String key) {
        return channel.send(command).onErrorMap(e -> {
            log.atWarn().addKeyValue(RecordingInLogs.FIELD, recordingOf(command))
                    .log("The command {} could not be published: {}", command.commandId(), e.toString());
            return repeatable(new Problem(ProblemType.UNAVAILABLE,
                    "The command could not be taken, or it is not known whether it was. Try again shortly."), key);
        });
    }

    private static Mono<CommandAnswered> noOutcomeYet(@Nullable String key) {
        return Mono.error(() -> repeatable(new Problem(ProblemType.NO_OUTCOME_YET,
                "It was accepted, but what became of it is not known yet. Repeat the request, with the idempotency "
                        + "key where one is given: nothing is done twice."),
                key));
    }

    private static CommandAnswered judged(RecordingCommand command, CommandAnswered answered, @Nullable String key) {
        if (!isAbout(command, answered)) {
            throw new Problem(ProblemType.KEY_USED_OTHERWISE,
                    "This idempotency key was used for another request. Use a new one.").about(IdempotencyKey.HEADER);
        }
        return switch (answered.answer()) {
            case Answer.Done _ -> answered;
            case Answer.Refused refused -> throw refused.reason().isFinal()
                    ? Refusals.problem(refused)
                    : repeatable(Refusals.problem(refused), key);
        };
    }

    /** A command's id follows from caller, route and key alone: under a key that is used again the first request's outcome comes. */
    private static boolean isAbout(RecordingCommand command, CommandAnswered answered) {
        var recording = recordingOf(command);
        var state = answered.state();
        return command.sessionId().equals(answered.sessionId())
                && (state == null || command.sessionId().equals(state.sessionId()))
                && (recording == null || answered.recordingId() == null || recording.equals(answered.recordingId()));
    }

    private static @Nullable RecordingId recordingOf(RecordingCommand command) {
        return switch (command) {
            case RecordingCommand.Start start -> start.recordingId();
            case RecordingCommand.Stop _ -> null;
            case RecordingCommand.Delete delete -> delete.recordingId();
            case RecordingCommand.Keep keep -> keep.recordingId();
            case RecordingCommand.RefreshSource refresh -> refresh.recordingId();
        };
    }

    private static Problem repeatable(Problem problem, @Nullable String key) {
        return key == null ? problem : problem.repeatableWith(key);
    }
}
