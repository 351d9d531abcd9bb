package app.kulti.recording.infra.ops.recordings;

import app.kulti.recording.infra.ops.Answer;
import app.kulti.recording.infra.ops.Exit;
import app.kulti.recording.infra.ops.OpsCommand;
import app.kulti.recording.infra.ops.postgres.Database;
import app.kulti.recording.infra.ops.postgres.Overdue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code kulti-ops stuck}. */
@Command(name = "stuck", mixinStandardHelpOptions = true, description = {
        "What is overdue, and what the reconciler will do about it. Ends with 4 when there is something."})
public final class StuckCommand implements Callable<Integer> {
    @ParentCommand
    @Nullable
    OpsCommand ops;

    @Override
    public Integer call() {
        if (ops == null) {
            throw new IllegalStateException("picocli sets the parent");
        }
        var desk = ops.desk();
        var now = desk.clock().instant();
        try (var database = new Database(desk.settings(), "kulti-ops stuck")) {
            return ops.say(new AllStuck(new Overdue(database).list(now).stream()
                    .map(stuck -> new Line(stuck, next(stuck, now))).toList(), now));
        }
    }

    /** One that is stuck, and what is done about it. */
    record Line(Overdue.Stuck stuck, String next) {}

    /** All of them. */
    record AllStuck(List<Line> stuck, Instant at) implements Answer {
        @Override
        public int exit() {
            return stuck.isEmpty() ? Exit.DONE : Exit.DIFFERENT;
        }

        @Override
        public Stream<String> lines() {
            return stuck.isEmpty()
                    ? Stream.of("Nothing is overdue.")
                    : Answer.table(stuck.stream().map(line -> List.of(line.stuck().kind().name(),
                            line.stuck().recording() == null ? "?" : line.stuck().recording().toString(),
                            "for " + words(Duration.between(line.stuck().since(), at)),
                            line.stuck().detail() == null ? "" : line.stuck().detail(), line.next())).toList());
        }

        private static String words(Duration time) {
            return time.toHours() > 48
                    ? time.toDays() + " days"
                    : time.toMinutes() > 120
                            ? time.toHours() + " h"
                            : time.toMinutes() + " min";
        }
    }

    static String next(Overdue.Stuck stuck, Instant now) {
        var deed = switch (stuck.kind()) {
            case START -> "ask 100ms for it, and give it up 60 s after its last possible call";
            case STOP -> "ask 100ms to stop it once more";
            case PROCESSING -> "look at 100ms for its file";
            case MIRROR -> "announce it to the mirror once more (attempt %d)".formatted(stuck.attempts() + 1);
            case REMOVAL -> "announce its removal once more (attempt %d)".formatted(stuck.attempts() + 1);
            case UNMATCHED -> "ask 100ms which recording it is";
        };
        var due = stuck.dueAt();
        if (due == null) {
            return stuck.kind() == Overdue.Kind.UNMATCHED
                    ? "nothing: 100ms was asked, and no Kulti session had its room; once one has, replay it"
                    : "to be done: " + deed;
        }
        return due.isBefore(now.minusSeconds(60))
                ? "due since %s (is the processor running?): %s".formatted(due, deed)
                : "at %s: %s".formatted(due, deed);
    }
}
