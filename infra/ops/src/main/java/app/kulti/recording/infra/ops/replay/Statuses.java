package app.kulti.recording.infra.ops.replay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far recordings have come, ours and 100ms's. */
final class Statuses {
    /** In the order of the join; a deleted one is past all. */
    private static final List<String> ORDER = List.of("recording", "processing", "failed", "completed", "deleted");

    private Statuses() {}

    /** Whether a recording that stands at {@code is} has come as far as {@code wanted}; null is a recording that is not there. */
    static boolean atLeast(@Nullable String is, @Nullable String wanted) {
        return wanted == null || (is != null && ORDER.indexOf(is) >= ORDER.indexOf(wanted));
    }

    /** What 100ms's word for a recording's state is here. */
    static String ofHms(String status) {
        return switch (status) {
            case "starting", "running" -> "recording";
            case "completed" -> "completed";
            case "failed" -> "failed";
            default -> "processing";
        };
    }
}
