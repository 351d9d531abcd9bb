package app.kulti.recording.infra.ops.replay;

import app.kulti.recording.events.ids.RecordingId;
import app.kulti.recording.infra.ops.Answer;
import app.kulti.recording.infra.ops.Exit;
import app.kulti.recording.infra.ops.services.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a replay would do, or has done.
 *
 * @param replay      null when it was only shown
 * @param published   so many so far
 * @param complete    whether nothing is left to publish
 * @param seen        whether the processor has read all of it
 * @param differences between what was promised and what is
 */
record ReplayAnswer(@Nullable UUID replay, int webhooks, Map<String, Map<String, Integer>> types,
        List<Promise.Change> recordings, long published, boolean complete, boolean seen,
        List<Difference> differences) implements Answer {
    private static final int MOST_LINES = 50;

    /** What was promised of a recording, and how it is instead. */
    record Difference(RecordingId recording, @Nullable String promised, @Nullable String is) {}

    static ReplayAnswer shown(Promise promise) {
        return new ReplayAnswer(null, promise.webhooks(), promise.types(), List.copyOf(promise.recordings().values()),
                0,
                false, false, List.of());
    }

    static ReplayAnswer done(UUID replay, Promise promise, Run.Ended ended, boolean seen,
            List<Difference> differences) {
        return new ReplayAnswer(replay, promise.webhooks(), promise.types(),
                List.copyOf(promise.recordings().values()), ended.published(), ended.complete(), seen, differences);
    }

    @Override
    public int exit() {
        if (replay == null) {
            return webhooks == 0 ? Exit.NOT_THERE : Exit.DONE;
        }
        if (!complete) {
            return Exit.CANCELLED;
        }
        return seen && differences.isEmpty() ? Exit.DONE : Exit.DIFFERENT;
    }

    @Override
    public Stream<String> lines() {
        if (webhooks == 0) {
            return Stream.of("There are no such webhooks.");
        }
        return Stream.concat(promise(), replay == null
                ? Stream.of("Nothing was published. To do it, add: --confirm --reason \"…\"")
                : outcome());
    }

    private Stream<String> promise() {
        var changes = recordings.stream().filter(Promise.Change::differs).toList();
        var lines = new ArrayList<String>();
        lines.add("%d webhooks:".formatted(webhooks));
        Answer.table(new Promise(webhooks, types, Map.of()).rows()).forEach(lines::add);
        lines.add("%d recordings, of which %d change%s".formatted(recordings.size(), changes.size(),
                changes.isEmpty() ? "." : ":"));
        Answer.table(changes.stream().limit(MOST_LINES).map(change -> List.of(change.recording().toString(),
                words(change.now()) + " → " + words(change.after()))).toList()).forEach(lines::add);
        if (changes.size() > MOST_LINES) {
            lines.add("  … and %d more (--json has all)".formatted(changes.size() - MOST_LINES));
        }
        return lines.stream();
    }

    private Stream<String> outcome() {
        if (!complete) {
            return Stream.of("Interrupted: %d of %d published.".formatted(published, webhooks),
                    "Go on with: kulti-ops replay --resume %s --reason \"…\"".formatted(replay));
        }
        if (!seen) {
            return Stream.of("%d of %d published, but the processor has not read all of it yet.".formatted(published,
                    webhooks), "Look again later: kulti-ops doctor, kulti-ops stuck");
        }
        var promised = "%d of %d published; of %d recordings %d are as promised.".formatted(published, webhooks,
                recordings.size(), recordings.size() - differences.size());
        return Stream.concat(Stream.of(promised), Answer.table(differences.stream().map(one -> List.of(
                one.recording().toString(), "promised " + words(one.promised()) + ", is " + words(one.is())))
                .toList()));
    }

    private static String words(@Nullable String status) {
        return Objects.requireNonNullElse(status, "not there");
    }
}
