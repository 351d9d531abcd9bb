package app.kulti.recording.infra.ops.recordings;

import app.kulti.recording.events.OperatorAction;
import app.kulti.recording.events.RecordingFinding;
import app.kulti.recording.events.RecordingFinding.HmsAnswer;
import app.kulti.recording.events.ids.EventId;
import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.events.wire.Envelope;
import app.kulti.recording.events.wire.ServiceName;
import app.kulti.recording.events.wire.Topics;
import app.kulti.recording.infra.ops.Answer;
import app.kulti.recording.infra.ops.Desk;
import app.kulti.recording.infra.ops.Exit;
import app.kulti.recording.infra.ops.OpsCommand;
import app.kulti.recording.infra.ops.Told;
import app.kulti.recording.infra.ops.Why;
import app.kulti.recording.infra.ops.hms.HmsApi;
import app.kulti.recording.infra.ops.kafka.Audit;
import app.kulti.recording.infra.ops.kafka.Broker;
import app.kulti.recording.infra.ops.kafka.Groups;
import app.kulti.recording.infra.ops.kafka.TopicWriter;
import app.kulti.recording.infra.ops.postgres.Database;
import app.kulti.recording.infra.ops.postgres.Life;
import app.kulti.recording.infra.ops.postgres.Life.Present;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code kulti-ops reconcile}. */
@Command(name = "reconcile", mixinStandardHelpOptions = true, description = {
        "Does at once for one recording what the reconciler would do when its time comes: looks at 100ms, or announces it to the mirror once more. What is seen is published as a finding, which the processor judges like any other."})
public final class ReconcileCommand implements Callable<Integer> {
    @ParentCommand
    @Nullable
    OpsCommand ops;

    @Parameters(paramLabel = "RECORDING", description = "Our id of it.")
    UUID recording = new UUID(0, 0);

    @Mixin
    Why why = new Why();

    @Override
    public Integer call() {
        if (ops == null) {
            throw new IllegalStateException("picocli sets the parent");
        }
        var desk = ops.desk();
        var said = why.said(desk.settings());
        var id = new RecordingId(recording);
        try (var database = new Database(desk.settings(), "kulti-ops reconcile");
                var broker = new Broker(desk.settings());
                var audit = new Audit(desk, broker)) {
            var life = new Life(database);
            var before = life.now(id).orElseThrow(() -> Told.notThere("Nobody knows a recording %s.".formatted(id)));
            var now = desk.clock().instant();
            var finding = finding(desk, before, now);
            if (finding == null) {
                return ops.say(new Reconciled(before, before, true, Story.of(before, now)));
            }
            var event = EventId.of(finding.getClass().getSimpleName(), id.toString(), "ops " + now);
            var reached = publish(broker, new Envelope<>(event, now, ServiceName.OPS, finding,
                    new Envelope.Replay(said.by(), said.reason()), null));
            // Before the wait for the processor, in which somebody may lose patience.
            audit.note(new OperatorAction.Reconciled(said.by(), said.reason(), id, event));
            var seen = new Groups(broker).await(desk, Groups.of(ServiceName.PROCESSOR, Topics.FINDINGS.name()),
                    Topics.FINDINGS.name(), reached);
            var after = life.now(id).orElse(before);
            return ops.say(new Reconciled(before, after, seen, Story.of(after, desk.clock().instant())));
        }
    }

    /** Returns what a reader has to reach to have seen it. */
    private static Map<Integer, Long> publish(Broker broker, Envelope<RecordingFinding> finding) {
        try (var writer = new TopicWriter<>(broker, Topics.FINDINGS)) {
            writer.write(finding);
            writer.flush();
            return writer.reached();
        }
    }

    /** What there is to find out; null when all is done. */
    private static @Nullable RecordingFinding finding(Desk desk, Present now, Instant at) {
        var id = now.id();
        return switch (now.status()) {
            case "starting" -> now.startedBy() == null
                    ? new RecordingFinding.StartOverdue(id, at)
                    : null;
            case "deleted" -> now.removedAt() == null
                    ? new RecordingFinding.RowDeleted(id, now.deletedAt() == null ? at : now.deletedAt())
                    : null;
            case "completed" -> switch (Objects.requireNonNullElse(now.mirror(), "none")) {
                case "verified" -> null;
                // Looked for, or tried again only when 100ms names another file.
                case "none", "refused" -> new RecordingFinding.Looked(id, look(desk, now));
                default -> new RecordingFinding.MirrorOverdue(id, at);
            };
            default -> new RecordingFinding.Looked(id, look(desk, now));
        };
    }

    private static HmsAnswer look(Desk desk, Present now) {
        var job = now.hmsId();
        if (job == null || job.isBlank()) {
            throw Told
                    .notThere("100ms's id of %s is not known, so it cannot be looked up; bring its webhooks back with "
                            .formatted(now.id()) + "kulti-ops replay --from-100ms.");
        }
        return switch (new HmsApi(desk).look(job)) {
            case HmsAnswer.Refused(var status, var detail) ->
                throw Told.unreachable("100ms refused to show it (%d %s): are KULTI_HMS_ACCESSKEY and _APPSECRET right?"
                        .formatted(status, detail), null);
            case HmsAnswer answer -> answer;
        };
    }

    /** How it was, and how it is. */
    record Reconciled(Present before, Present after, boolean seen, List<String> why) implements Answer {
        @Override
        public int exit() {
            return seen ? Exit.DONE : Exit.DIFFERENT;
        }

        @Override
        public Stream<String> lines() {
            var changed = before.equals(after) ? "unchanged" : "was %s".formatted(before.status());
            return Stream.of(Stream.of("%s is %s (%s)".formatted(after.id(), after.status(), changed)),
                    why.stream().map(line -> "  " + line), seen
                            ? Stream.<String>empty()
                            : Stream.of("The finding is published, but the processor has not read it yet."))
                    .flatMap(line -> line);
        }
    }
}
