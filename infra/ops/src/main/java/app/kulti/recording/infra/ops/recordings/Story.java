package app.kulti.recording.infra.ops.recordings;

import app.kulti.recording.infra.ops.postgres.Life.Present;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Why a recording is as it is, and what happens to it next, in sentences. */
final class Story {
    private Story() {}

    static List<String> of(Present now, Instant at) {
        var told = new ArrayList<String>();
        told.add(switch (now.status()) {
            case "starting" -> now.startedBy() == null
                    ? "100ms was asked to start it and has not answered."
                    : "Its start came to nothing: %s.".formatted(now.startedBy());
            case "recording" -> now.stopWantedAt() == null
                    ? "It records since %s.".formatted(Objects.requireNonNullElse(now.begunAt(), at))
                    : "It is to stop since %s; 100ms has not agreed yet.".formatted(now.stopWantedAt());
            case "processing" -> "It ended%s%s; 100ms has not told of a file yet.".formatted(
                    now.endedAt() == null ? "" : " at " + now.endedAt(),
                    now.stopReason() == null ? "" : " (" + now.stopReason() + ")");
            case "failed" -> "100ms says that there is no file%s. One that turns up makes it completed.".formatted(
                    now.stopReason() == null ? "" : " (" + now.stopReason() + ")");
            case "completed" -> mirror(now);
            default -> "It was deleted at %s by %s; its stored file is %s.".formatted(now.deletedAt(), now.deletedBy(),
                    now.removedAt() == null ? "not removed yet" : "gone since " + now.removedAt());
        });
        if (now.kept()) {
            told.add("It is kept: retention passes it by.");
        }
        var due = now.dueAt();
        if (due != null) {
            told.add(due.isBefore(at)
                    ? "The schedule should have taken it up at %s: is the processor running?".formatted(due)
                    : "The schedule takes it up at %s: %s".formatted(due, next(now)));
        }
        return told;
    }

    private static String mirror(Present now) {
        var state = Objects.requireNonNullElse(now.mirror(), "none");
        return switch (state) {
            case "verified" -> "100ms has its file, and a verified copy is in storage.";
            case "refused" ->
                ("100ms has its file, but it is no film that could be kept (%s). It is tried again when 100ms "
                        + "names another file.")
                        .formatted(Objects.requireNonNullElse(now.mirrorReason(), "see its history"));
            case "copying" -> "100ms has its file; the mirror has copied %s bytes of it, said at %s.".formatted(
                    or(now.mirrorBytes(), "some"), or(now.mirrorReportedAt(), "no known time"));
            case "wanted" ->
                "100ms has its file; the mirror was asked %d times to copy it and has not begun.".formatted(
                        Math.max(1, now.mirrorAttempts()));
            case "none" -> "No file of it at 100ms is known here.";
            default -> "The state of its copy is %s.".formatted(state);
        };
    }

    private static String or(@Nullable Object value, String otherwise) {
        return value == null ? otherwise : value.toString();
    }

    /** What the reconciler will do about it. */
    static String next(Present now) {
        return switch (now.status()) {
            case "starting" -> "it asks 100ms once more, or gives it up";
            case "recording" -> now.stopWantedAt() == null ? "it looks at 100ms" : "it asks 100ms to stop it once more";
            case "processing" -> "it looks at 100ms for the file";
            case "completed" -> "none".equals(now.mirror())
                    ? "it looks at 100ms for the file"
                    : "it announces the copy to the mirror once more";
            case "deleted" -> "it announces the removal to the mirror once more";
            default -> "it looks at it";
        };
    }
}
