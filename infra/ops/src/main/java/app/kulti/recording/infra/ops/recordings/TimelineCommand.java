package app.kulti.recording.infra.ops.recordings;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.infra.ops.Answer;
import app.kulti.recording.infra.ops.OpsCommand;
import app.kulti.recording.infra.ops.Told;
import app.kulti.recording.infra.ops.postgres.Database;
import app.kulti.recording.infra.ops.postgres.Life;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code kulti-ops timeline}. */
@Command(name = "timeline", mixinStandardHelpOptions = true, description = "Everything that happened to a recording, and why it is as it is.")
public final class TimelineCommand implements Callable<Integer> {
    @ParentCommand
    @Nullable
    OpsCommand ops;

    @Parameters(paramLabel = "RECORDING", description = "Our id of it.")
    UUID recording = new UUID(0, 0);

    @Override
    public Integer call() {
        if (ops == null) {
            throw new IllegalStateException("picocli sets the parent");
        }
        var desk = ops.desk();
        try (var database = new Database(desk.settings(), "kulti-ops timeline")) {
            var life = new Life(database);
            var id = new RecordingId(recording);
            var now = life.now(id).orElseThrow(() -> Told.notThere("Nobody knows a recording %s.".formatted(id)));
            return ops.say(new Timeline(now, Story.of(now, desk.clock().instant()), life.steps(id)));
        }
    }

    /** What is told. */
    record Timeline(Life.Present now, List<String> why, List<Life.Step> steps) implements Answer {
        @Override
        public Stream<String> lines() {
            var head = "%s is %s (revision %s; session %s, room %s, 100ms's id %s)".formatted(now.id(), now.status(),
                    now.revision(), now.session(), now.room(), now.hmsId());
            return Stream.of(Stream.of(head), why.stream().map(line -> "  " + line), Stream.of(""),
                    Answer.table(steps.stream().map(step -> List.of(step.decidedAt().toString(), step.type(),
                            step.decision() + (step.reason() == null ? "" : ": " + step.reason()),
                            step.source() + (step.replayedBy() == null
                                    ? ""
                                    : ", replayed by %s: %s".formatted(step.replayedBy(), step.replayReason()))))
                            .toList()))
                    .flatMap(line -> line);
        }
    }
}
