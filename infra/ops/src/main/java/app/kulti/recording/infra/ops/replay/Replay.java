package app.kulti.recording.infra.ops.replay;

import app.kulti.recording.events.OperatorAction;
import app.kulti.recording.events.OperatorAction.ReplayBegun;
import app.kulti.recording.events.OperatorAction.ReplayEnded;
import app.kulti.recording.events.OperatorAction.ReplaySource;
import app.kulti.recording.events.OperatorAction.ReplayStands;
import app.kulti.recording.events.OperatorAction.Selection;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.infra.ops.Answer;
import app.kulti.recording.infra.ops.Desk;
import app.kulti.recording.infra.ops.Told;
import app.kulti.recording.infra.ops.Why;
import app.kulti.recording.infra.ops.kafka.Audit;
import app.kulti.recording.infra.ops.kafka.Broker;
import app.kulti.recording.infra.ops.kafka.Groups;
import app.kulti.recording.infra.ops.kafka.WebhookTopic;
import app.kulti.recording.infra.ops.postgres.Database;
import app.kulti.recording.infra.ops.postgres.OneAtATime;
import app.kulti.recording.infra.ops.postgres.Recordings;
import app.kulti.recording.infra.ops.postgres.Recordings.Names;
import app.kulti.recording.infra.ops.services.Management;
import app.kulti.recording.infra.ops.services.Preview;
import app.kulti.recording.infra.ops.services.Promise;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows what webhooks of the topic or of a file would change, publishes them, and compares what happened with what was shown. */
final class Replay implements AutoCloseable {
    private final Desk desk;
    private final Broker broker;
    private final Preview preview;

    Replay(Desk desk) {
        this.desk = desk;
        this.broker = new Broker(desk.settings());
        this.preview = new Preview(new Management(desk.settings()));
    }

    /**
     * A new replay, of the topic or of a file.
     *
     * @param said null to show only
     */
    Answer run(@Nullable Selection selection, @Nullable Path file, int perSecond, Why.@Nullable Said said) {
        if (said == null) {
            return ReplayAnswer.shown(Plan.of(source(selection, file), preview, desk.stop()));
        }
        // Before the promise, so that nobody else's replay makes it untrue.
        try (var _ = OneAtATime.take(desk.settings(), said, "replay"); var audit = new Audit(desk, broker)) {
            var source = source(selection, file);
            var promise = Plan.of(source, preview, desk.stop());
            if (promise.webhooks() == 0) {
                return ReplayAnswer.shown(promise);
            }
            var begun = Run.begin(desk.ids().get(), said, source, promise.webhooks(), perSecond);
            audit.note(begun);
            return finish(audit, begun, source, promise, new Run(desk, broker, audit, begun, perSecond));
        }
    }

    private Source source(@Nullable Selection selection, @Nullable Path file) {
        if (file != null) {
            return new FileSource(file, desk.clock().instant()).checked();
        }
        var wanted = Objects.requireNonNull(selection);
        var topic = new WebhookTopic(broker);
        return new TopicSource(topic, wanted, topic.between(wanted.from(), wanted.to()), filter(wanted));
    }

    private Filter filter(Selection selection) {
        var recording = selection.recording();
        var session = selection.session();
        if (recording == null && session == null) {
            return new Filter(selection, null);
        }
        try (var database = new Database(desk.settings(), "kulti-ops replay")) {
            var recordings = new Recordings(database);
            Optional<Names> names = recording != null
                    ? recordings.namesOf(recording)
                    : recordings.namesOf(Objects.requireNonNull(session));
            return new Filter(selection, names.orElseThrow(() -> Told.notThere(recording != null
                    ? "Nobody knows a recording %s.".formatted(recording)
                    : "The session %s has no room, or is unknown.".formatted(session))));
        }
    }

    /**
     * Goes on with a replay by its id, or with the last one for {@code last}.
     *
     * @param perSecond null for the rate with which it began
     */
    Answer resume(String which, @Nullable Path file, @Nullable Integer perSecond, Why.Said said) {
        try (var _ = OneAtATime.take(desk.settings(), said, "replay"); var audit = new Audit(desk, broker)) {
            var actions = audit.read().stream().map(Envelope::message).toList();
            var begun = begun(actions, which);
            if (actions.stream().anyMatch(action -> action instanceof ReplayEnded ended
                    && ended.replay().equals(begun.replay()))) {
                throw Told.notThere("The replay %s is complete: there is nothing to go on with.".formatted(
                        begun.replay()));
            }
            var source = source(begun, file);
            var promise = Plan.of(source, preview, desk.stop());
            var run = new Run(desk, broker, audit, begun,
                    perSecond == null ? begun.perSecond() : perSecond);
            actions.stream().filter(ReplayStands.class::isInstance).map(ReplayStands.class::cast)
                    .filter(stands -> stands.replay().equals(begun.replay())).reduce((_, last) -> last)
                    .ifPresent(run::from);
            return finish(audit, begun, source, promise, run);
        }
    }

    private static ReplayBegun begun(List<OperatorAction> actions, String which) {
        return actions.stream().filter(ReplayBegun.class::isInstance).map(ReplayBegun.class::cast)
                .filter(begun -> which.equals("last") || begun.replay().toString().equals(which))
                .reduce((_, last) -> last)
                .orElseThrow(() -> Told.notThere(which.equals("last")
                        ? "ops.audit knows no replay."
                        : "ops.audit knows no replay %s.".formatted(which)));
    }

    private Source source(ReplayBegun begun, @Nullable Path file) {
        return switch (begun.source()) {
            case ReplaySource.OfTopic(var selection, var spans) ->
                new TopicSource(new WebhookTopic(broker), selection, spans, filter(selection));
            case ReplaySource.OfFile(var name, var sha256) -> {
                if (file == null) {
                    throw Told.usage("The replay %s is of a file: add --file %s.".formatted(begun.replay(), name));
                }
                var source = new FileSource(file, desk.clock().instant()).checked();
                if (!source.sha256().equals(sha256)) {
                    throw Told.usage("%s is not the file with which the replay %s began (%s).".formatted(file,
                            begun.replay(), name));
                }
                yield source;
            }
        };
    }

    private Answer finish(Audit audit, ReplayBegun begun, Source source, Promise promise, Run run) {
        var ended = run.publish(source);
        if (!ended.complete()) {
            return ReplayAnswer.done(begun.replay(), promise, ended, false, List.of());
        }
        var seen = new Groups(broker).await(desk, Groups.of(ServiceName.PROCESSOR, Topics.WEBHOOKS.name()),
                Topics.WEBHOOKS.name(), ended.reached());
        var differences = seen ? differences(promise) : List.<ReplayAnswer.Difference>of();
        audit.note(new ReplayEnded(begun.replay(), begun.by(), begun.reason(), ended.published(), differences.size()));
        return ReplayAnswer.done(begun.replay(), promise, ended, seen, differences);
    }

    /** A recording that has come further than promised is none: the world went on meanwhile. */
    private List<ReplayAnswer.Difference> differences(Promise promise) {
        try (var database = new Database(desk.settings(), "kulti-ops replay")) {
            var statuses = new Recordings(database).statuses(promise.recordings().keySet());
            return promise.recordings().values().stream()
                    .filter(change -> !Statuses.atLeast(statuses.get(change.recording()), change.after()))
                    .map(change -> new ReplayAnswer.Difference(change.recording(), change.after(),
                            statuses.get(change.recording())))
                    .toList();
        }
    }

    @Override
    public void close() {
        broker.close();
    }
}
